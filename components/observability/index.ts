/** Metrics, dashboards, alerts and the alarms of front door and database. */
export { DatabaseAlarms, type DatabaseAlarmsArgs } from "./database-alarms";
export { FrontDoorAlarms, type FrontDoorAlarmsArgs } from "./front-door-alarms";
export { Monitoring, type MonitoringArgs } from "./monitoring";
