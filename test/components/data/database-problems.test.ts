/** What a database may be: checked before anything is declared. */
import { describe, expect, test } from "vitest";
import { databaseDefaults } from "../../../components/data/database-args";
import { type DatabasePlan, databaseProblems } from "../../../components/data/database-problems";
import { familyOf, majorOf } from "../../../components/data/parameters";

describe("is refused", () => {
  const right: DatabasePlan = {
    identifier: "shop",
    engineVersion: "17.5",
    instanceClass: "db.r6g.large",
    zones: ["a", "b", "c"],
    instances: 2,
    recovery: "backups",
    ...databaseDefaults,
  };
  const refused = (change: Partial<DatabasePlan>) =>
    databaseProblems({ ...right, ...change }).map(({ path, got, allowed }) => `${path}: ${String(got)}; ${allowed}`);

  test("nothing of what is right", () => {
    expect(refused({})).toEqual([]);
    expect(refused({ instances: 3 })).toEqual([]);
    expect(refused({ role: "secondary", recovery: "global", instances: 0 })).toEqual([]);
    expect(refused({ backupDays: 35 })).toEqual([]);
    expect(refused({ backupWindow: "23:30-00:00", maintenanceWindow: "tue:00:00-tue:00:30" })).toEqual([]);
    expect(refused({ backupWindow: "00:15-00:45", maintenanceWindow: "tue:23:45-wed:00:15" })).toEqual([]);
  });

  test.each<[Partial<DatabasePlan>, string]>([
    [{ identifier: "Shop" }, "identifier: Shop; a letter, then up to 62 lower-case letters, digits and single dashes"],
    [{ identifier: "a--b" }, "identifier: a--b; a letter, then up to 62 lower-case letters, digits and single dashes"],
    [{ engineVersion: "17" }, "engineVersion: 17; major and minor version, such as 17.5"],
    [{ instanceClass: "r6g.large" }, "instanceClass: r6g.large; a class of RDS, such as db.r6g.large"],
    [{ instances: 1 }, "instances: 1; a whole number from 2 to 3"],
    [{ instances: 4 }, "instances: 4; a whole number from 2 to 3"],
    [{ role: "secondary", recovery: "global", instances: -1 }, "instances: -1; a whole number from 0 to 3"],
    [{ role: "secondary" }, "role: secondary; primary, because recovery is backups"],
    [{ backupDays: 0 }, "backupDays: 0; a whole number from 1 to 35"],
    [{ backupDays: 36 }, "backupDays: 36; a whole number from 1 to 35"],
    [{ backupWindow: "5 o'clock" }, "backupWindow: 5 o'clock; hh:mm-hh:mm in UTC, such as 05:00-05:30"],
    [
      { maintenanceWindow: "08:00-08:30" },
      "maintenanceWindow: 08:00-08:30; ddd:hh:mm-ddd:hh:mm in UTC, such as tue:08:00-tue:08:30",
    ],
    [
      { backupWindow: "08:15-08:45" },
      "backupWindow: 08:15-08:45; a time that does not meet maintenanceWindow, tue:08:00-tue:08:30",
    ],
    [
      { backupWindow: "23:45-00:30", maintenanceWindow: "tue:00:00-tue:00:30" },
      "backupWindow: 23:45-00:30; a time that does not meet maintenanceWindow, tue:00:00-tue:00:30",
    ],
    [
      { backupWindow: "00:00-00:30", maintenanceWindow: "tue:23:45-wed:00:15" },
      "backupWindow: 00:00-00:30; a time that does not meet maintenanceWindow, tue:23:45-wed:00:15",
    ],
    [{ backupWindow: "05:00-24:00" }, "backupWindow: 05:00-24:00; hh:mm-hh:mm in UTC, such as 05:00-05:30"],
    [{ backupWindow: "05:60-06:00" }, "backupWindow: 05:60-06:00; hh:mm-hh:mm in UTC, such as 05:00-05:30"],
    [
      { maintenanceWindow: "die:08:00-die:08:30" },
      "maintenanceWindow: die:08:00-die:08:30; ddd:hh:mm-ddd:hh:mm in UTC, such as tue:08:00-tue:08:30",
    ],
  ])("%o", (change, line) => {
    expect(refused(change)).toEqual([line]);
  });

  test("one zone, with instances that it has no room for", () => {
    expect(refused({ zones: ["a"] })).toEqual([
      "instances: 2; a whole number from 2 to 1",
      "subnets: a; 2 zones or more",
    ]);
  });
});

test("a version's family is of its major alone", () => {
  expect([majorOf("17.5"), familyOf("16.10")]).toEqual(["17", "aurora-postgresql16"]);
});
