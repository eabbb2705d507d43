/** The pieces of a Grafana dashboard, as plain data. */

/** One line, or one set of lines, of a panel. */
export interface Query {
  /** PromQL. */
  readonly expr: string;
  /** Name in the legend, with labels in double braces. */
  readonly legend: string;
}

/** One graph over time. */
export interface Panel {
  readonly title: string;
  /** What a reader should conclude from it. */
  readonly description: string;
  /** Grafana's unit, such as `percentunit`, `ms`, `reqps`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Drawn as a line that must not be crossed. */
  readonly threshold?: number;
}

/** A choice at the head of the dashboard. */
export interface Variable {
  readonly name: string;
  readonly label: string;
  /** `label_values(...)`. */
  readonly query: string;
}

/** Vertical lines where something happened. */
export interface Marker {
  readonly name: string;
  readonly expr: string;
  readonly title: string;
  readonly color: string;
}

/** A whole dashboard. */
export interface Dashboard {
  /** Stays the same for ever: links are made of it. */
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly variables: readonly Variable[];
  readonly markers: readonly Marker[];
}

/** Grafana's JSON. */
export type DashboardJson = Readonly<Record<string, unknown>>;

/** Chosen at the head of the dashboard, so that it works with whatever uid the data source has. */
const datasource = { type: "prometheus", uid: "${datasource}" } as const;

const columns = 2;
const panelWidth = 12;
const panelHeight = 8;
/** Version of the JSON's form that Grafana reads without migration. */
const schemaVersion = 39;

function panelJson(panel: Panel, index: number): DashboardJson {
  const { title, description, unit, queries, threshold } = panel;
  const steps = [
    { color: "green", value: null },
    ...(threshold === undefined ? [] : [{ color: "red", value: threshold }]),
  ];
  return {
    id: index + 1,
    type: "timeseries",
    title,
    description,
    datasource,
    gridPos: {
      x: (index % columns) * panelWidth,
      y: Math.floor(index / columns) * panelHeight,
      w: panelWidth,
      h: panelHeight,
    },
    targets: queries.map(({ expr, legend }, at) => ({
      refId: `Q${at + 1}`,
      datasource,
      expr,
      legendFormat: legend,
      range: true,
    })),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        thresholds: { mode: "absolute", steps },
        custom: { thresholdsStyle: { mode: threshold === undefined ? "off" : "line" } },
      },
      overrides: [],
    },
    options: { legend: { displayMode: "table", placement: "bottom", calcs: ["lastNotNull", "max"] } },
  };
}

function variableJson({ name, label, query }: Variable): DashboardJson {
  const request = { query, refId: name };
  return { name, label, type: "query", datasource, query: request, definition: query, refresh: 2, sort: 1, hide: 0 };
}

function markerJson({ name, expr, title, color }: Marker): DashboardJson {
  return { name, datasource, enable: true, iconColor: color, expr, step: "15s", titleFormat: title, textFormat: name };
}

/** The dashboard as Grafana reads it. */
export function dashboardJson(dashboard: Dashboard): DashboardJson {
  const chosen = { name: "datasource", label: "Data source", type: "datasource", query: "prometheus", hide: 0 };
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    tags: ["fridayproof"],
    schemaVersion,
    version: 1,
    editable: false,
    refresh: "15s",
    time: { from: "now-1h", to: "now" },
    timezone: "utc",
    annotations: { list: dashboard.markers.map(markerJson) },
    templating: { list: [chosen, ...dashboard.variables.map(variableJson)] },
    panels: dashboard.panels.map(panelJson),
  };
}
