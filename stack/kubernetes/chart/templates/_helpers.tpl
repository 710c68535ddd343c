{{/* Prefix of every name. */}}
{{- define "flowforge.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* Labels of every object. The Prometheus of this chart selects rules and monitors by part-of. */}}
{{- define "flowforge.labels" -}}
app.kubernetes.io/part-of: flowforge-observability
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The same, with those by which a Prometheus selects. */}}
{{- define "flowforge.monitorLabels" -}}
{{ merge (dict) .Values.monitorLabels (include "flowforge.labels" . | fromYaml) | toYaml }}
{{- end }}

{{/* Labels that the operator gives the pods of Prometheus and of Alertmanager. */}}
{{- define "flowforge.prometheus.podLabels" -}}
app.kubernetes.io/name: prometheus
operator.prometheus.io/name: {{ include "flowforge.name" . }}
{{- end }}
{{- define "flowforge.alertmanager.podLabels" -}}
app.kubernetes.io/name: alertmanager
alertmanager: {{ include "flowforge.name" . }}
{{- end }}
{{- define "flowforge.collector.podLabels" -}}
app.kubernetes.io/name: opentelemetry-collector
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Where the pods of a workload run; takes the chart and, as podLabels, which pods are to be spread over nodes. */}}
{{- define "flowforge.scheduling" -}}
{{- with .chart.Values.scheduling -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- .podLabels | nindent 8 }}
{{- end }}

{{/* A volume for each pod; takes the value `storage`. */}}
{{- define "flowforge.volumeClaim" -}}
accessModes: [ReadWriteOnce]
{{- with .className }}
storageClassName: {{ . }}
{{- end }}
resources: {requests: {storage: {{ .size }}}}
{{- end }}

{{/* Address of the page of a part, whatever path it has for those who open it. */}}
{{- define "flowforge.externalUrl" -}}
{{- with . }}
externalUrl: {{ . | quote }}
routePrefix: /
{{- end }}
{{- end }}
