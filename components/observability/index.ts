/** Metrics, dashboards, alerts and the alarms of the front door. */
export { FrontDoorAlarms, type FrontDoorAlarmsArgs } from "./front-door-alarms";
export { Monitoring, type MonitoringArgs } from "./monitoring";
