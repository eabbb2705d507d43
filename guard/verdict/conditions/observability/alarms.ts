/** Alarms of CloudWatch. */
import { isUnknown, listAt } from "../../plans/values";
import { type Conditions, degrades, safe } from "../core/condition";

/** Conditions about alarms. */
export const alarms: Conditions = {
  alarmGoes: ({ resource, row }) => {
    const actions = ["alarmActions", "okActions", "insufficientDataActions"].flatMap((name) =>
      listAt(resource.before, name),
    );
    return actions.some(
      (action) => /:(scalingPolicy|autoscaling|automate|lambda|ssm):?/i.test(String(action)) || isUnknown(action),
    )
      ? degrades(row.when)
      : safe("it only notifies people");
  },
};
