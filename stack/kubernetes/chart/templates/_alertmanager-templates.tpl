{{/* The templates of messages by the names of their files: those of alertmanager/templates, with the addresses of this installation, and
     of alertmanager/links what fits it. */}}
{{- define "flowforge.alertmanager.templates" -}}
{{- $templates := dict -}}
{{- range $path, $_ := .Files.Glob "files/alertmanager/templates/*.tmpl" -}}
{{- $_ := set $templates (base $path) ($.Files.Get $path) -}}
{{- end -}}
{{- $grafana := .Values.links.grafana | trimSuffix "/" -}}
{{- $sources := .Values.grafana.dataSources -}}
{{- if not $grafana -}}
{{- $_ := set $templates "dashboard.tmpl" (.Files.Get "files/alertmanager/links/dashboard-prometheus.tmpl") -}}
{{- end -}}
{{- range $link, $source := dict "logs" $sources.loki "traces" $sources.tempo -}}
{{- $file := printf "%s.tmpl" $link -}}
{{- if not (and $grafana $source) -}}
{{- $_ := set $templates $file (printf "{{ define \"flowforge.link.%s\" }}{{ end }}\n" $link) -}}
{{- else if not $.Values.grafana.explore -}}
{{- $_ := set $templates $file ($.Files.Get (printf "files/alertmanager/links/%s-panel.tmpl" $link)) -}}
{{- end -}}
{{- end -}}
{{- $addresses := get $templates "addresses.tmpl" -}}
{{- $at := list
      (list "grafana" "http://localhost:3000" $grafana)
      (list "prometheus" "http://localhost:9090" (.Values.links.prometheus | trimSuffix "/"))
      (list "zipkin" "http://localhost:9411" "")
      (list "victorialogs" "http://localhost:9428" "")
      (list "loglines" "http://localhost:8090/logs" "")
      (list "alertmanager" "http://localhost:9093" (.Values.links.alertmanager | trimSuffix "/"))
      (list "loki" "\"loki\" \"loki\"" (ternary (printf "\"loki\" \"%s\"" $sources.loki) "" (ne $sources.loki "")))
      (list "tempo" "\"tempo\" \"tempo\"" (ternary (printf "\"tempo\" \"%s\"" $sources.tempo) "" (ne $sources.tempo ""))) -}}
{{- range $at -}}
{{- if last . -}}
{{- $addresses = $addresses | replace (index . 1) (last .) -}}
{{- else -}}
{{- /* A template that writes nothing stands for what is not there. */ -}}
{{- $addresses = regexReplaceAll (printf "(?m)^(.. define \"flowforge.at.%s\" ..).*$" (first .)) $addresses "${1}{{ end }}" -}}
{{- end -}}
{{- end -}}
{{- $addresses = $addresses | replace "(index . 2) \"1\"" (printf "(index . 2) \"%d\"" (int .Values.grafana.organisation)) -}}
{{- $_ := set $templates "addresses.tmpl" $addresses -}}
{{ toJson $templates }}
{{- end }}
