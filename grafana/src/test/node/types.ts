/**
 * What Grafana publishes of its dashboards, put together: its package types a dashboard's frame, and what panels of each
 * type hold, but not which belongs to which.
 */
import type * as grafana from '@grafana/schema';
import type * as barchart from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as gauge from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen';
import type * as heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as histogram from '@grafana/schema/dist/esm/raw/composable/histogram/panelcfg/x/HistogramPanelCfg_types.gen';
import type * as logs from '@grafana/schema/dist/esm/raw/composable/logs/panelcfg/x/LogsPanelCfg_types.gen';
import type * as nodegraph from '@grafana/schema/dist/esm/raw/composable/nodegraph/panelcfg/x/NodeGraphPanelCfg_types.gen';
import type * as piechart from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as statetimeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as statushistory from '@grafana/schema/dist/esm/raw/composable/statushistory/panelcfg/x/StatusHistoryPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as text from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
// The queries are no longer in it: Loki's and Tempo's left with 13, Prometheus' with 11.
import type * as loki from 'grafana-schema-12/dist/esm/raw/composable/loki/dataquery/x/LokiDataQuery_types.gen';
import type * as tempo from 'grafana-schema-12/dist/esm/raw/composable/tempo/dataquery/x/TempoDataQuery_types.gen';
import type * as prometheus from 'grafana-schema-10/dist/esm/raw/composable/prometheus/dataquery/x/PrometheusDataQuery_types.gen';

/** As JSON writes it: the value of an enum, where TypeScript asks for its name. */
type Json<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

/** What Grafana fills in from the panel's own defaults when a file leaves it out, it types as required. */
type Lenient<T> = Json<{ [K in keyof T]?: T[K] }>;

/** Neither options nor settings of its own. */
type None = Record<string, never>;

/** By type of panel: its options, and what it adds to each field. A type that is not here is an error. */
interface Types {
  barchart: [barchart.Options, barchart.FieldConfig];
  bargauge: [bargauge.Options, None];
  gauge: [gauge.Options, None];
  heatmap: [heatmap.Options, heatmap.FieldConfig];
  histogram: [histogram.Options, histogram.FieldConfig];
  logs: [logs.Options, None];
  nodeGraph: [nodegraph.Options, None];
  piechart: [piechart.Options, piechart.FieldConfig];
  stat: [stat.Options, None];
  'state-timeline': [statetimeline.Options, statetimeline.FieldConfig];
  'status-history': [statushistory.Options, statushistory.FieldConfig];
  table: [table.Options, table.FieldConfig];
  text: [text.Options, None];
  timeseries: [timeseries.Options, timeseries.FieldConfig];
  traces: [None, None];
}

/** Published as unknown; this is what Grafana's editor of links writes. */
interface Link {
  title: string;
  url: string;
  targetBlank?: boolean;
  oneClick?: boolean;
}

/** Without what data sources alone set, and with the one setting that the published type does not know. */
type Standard = Lenient<Omit<grafana.FieldConfig, 'custom' | 'links' | 'path' | 'writeable' | 'displayNameFromDS'>> & {
  links?: Link[];
  fieldMinMax?: boolean;
};

/** Published as any id with any value. */
type Property<F> =
  | { [K in keyof Standard]-?: { id: K; value?: Standard[K] } }[keyof Standard]
  | { [K in keyof F & string]-?: { id: `custom.${K}`; value?: Json<F[K]> } }[keyof F & string]
  // The one setting that Grafana offers by a path below its own.
  | ('hideFrom' extends keyof F ? { id: 'custom.hideFrom.viz'; value?: boolean } : never);

interface Matcher extends Omit<grafana.MatcherConfig, 'id'> {
  id: 'byName' | 'byNames' | 'byRegexp' | 'byType' | 'byFrameRefID' | 'byValue';
}

/** Published as any id; these are the ones that need no more than what the queries return. */
interface Transformation extends Omit<grafana.DataTransformerConfig, 'id'> {
  id:
    | 'calculateField'
    | 'convertFieldType'
    | 'extractFields'
    | 'filterByRefId'
    | 'filterByValue'
    | 'filterFieldsByName'
    | 'groupBy'
    | 'joinByField'
    | 'joinByLabels'
    | 'labelsToFields'
    | 'limit'
    | 'merge'
    | 'organize'
    | 'reduce'
    | 'renameByRegex'
    | 'rowsToFields'
    | 'seriesToRows'
    | 'sortBy'
    | 'timeSeriesTable';
}

/** The published panel has room for anything in its options and fields; this one is of its type. */
export type Panel<T extends keyof Types> = Json<
  Omit<grafana.Panel, 'type' | 'options' | 'fieldConfig' | 'transformations' | 'links'>
> & {
  type: T;
  options?: Lenient<Types[T][0]>;
  fieldConfig?: {
    defaults: Standard & { custom?: Lenient<Types[T][1]> };
    overrides: { matcher: Json<Matcher>; properties: Property<Types[T][1]>[] }[];
  };
  transformations?: Json<Transformation>[];
  // Published as a dashboard's links, which Grafana does not write there.
  links?: Link[];
};

export type Row = Json<grafana.RowPanel>;

interface Source<T extends string> {
  datasource: { type: T; uid: string };
}

/** A query, by the type of its data source. */
export interface Target {
  prometheus: Json<Omit<prometheus.PrometheusDataQuery, 'datasource'>> &
    Source<'prometheus'> & {
      // The least step; the published type has forgotten it.
      interval?: string;
    };
  loki: Json<Omit<loki.LokiDataQuery, 'datasource' | 'queryType'>> &
    Source<'loki'> & { queryType?: `${loki.LokiQueryType}` };
  // Its filters are those of the other editor: with a query in TraceQL there are none.
  tempo: Json<Omit<tempo.TempoQuery, 'datasource' | 'queryType' | 'filters'>> &
    Source<'tempo'> & { queryType?: tempo.TempoQueryType; filters?: Json<tempo.TraceqlFilter>[] };
}

/** Published for Grafana's own annotations alone; what Prometheus' and Loki's add. */
export type Annotation = Json<Omit<grafana.AnnotationQuery, 'target'>> & {
  target?: object;
  tagKeys?: string;
  textFormat?: string;
  titleFormat?: string;
  useValueForTime?: boolean;
};

/** The query of a variable, by the type of its data source; published as anything. */
export interface VariableQuery {
  prometheus: string | { query: string; refId: string; qryType?: number };
  loki: { type: 0 | 1; label?: string; stream?: string; refId: string };
  tempo: { type: 0 | 1; label?: string; refId: string };
}

/** The frame; what is in it is held to the types above, one by one. */
export type Dashboard = Json<Omit<grafana.Dashboard, 'panels' | 'annotations'>> & {
  panels: object[];
  annotations?: { list?: object[] };
};

/** An annotation names its data source itself, not in its query. */
export type Unsourced<T> = Omit<T, 'datasource'>;
