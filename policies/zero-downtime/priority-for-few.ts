/** Rule priority-for-few. */
import { violation } from "../kit/finding";
import { fix, remove } from "../kit/remedy";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** Priority is for those who ask for it. */
export const priorityForFew = resourceRule({
  id: "priority-for-few",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A priority above zero that every pod gets which asks for none.",
  prevents: "A new batch of whatever preempts what serves: running pods keep the priority that they were made with.",
  source: "Kubernetes, Pod Priority and Preemption, globalDefault",
  settings: {},
  kinds: [types.priorityClass],
  examples: { bad: "globalDefault: true, value: 1000000", good: "globalDefault: false, value: 1000000" },
  *check(priority) {
    const field = priority.at("globalDefault");
    const never = priority.at("preemptionPolicy").text() === "Never";
    const value = priority.at("value").number() ?? 0;
    if (field.flag() !== true || never || value <= 0) return;
    yield violation(priority, {
      at: field.path,
      got: `true, with a value of ${value}`,
      wanted: "false, or preemptionPolicy: Never",
      fix: fix`${remove(field)}, and name the class in the pods that need it`,
    });
  },
});
