{{/* alertmanager.yml: the tree of alertmanager/, with the channels of alertmanager/receivers and what the values say put in. It is what
     `stack/launch print alertmanager` prints, with the paths that the operator mounts. */}}
{{- define "flowforge.alertmanager.config" -}}
{{- $values := .Values.notifications -}}
{{- $config := .Files.Get "files/alertmanager/alertmanager.yml" | fromYaml -}}
{{- $receivers := dict -}}
{{- range $config.receivers }}{{ $_ := set $receivers .name . }}{{ end -}}

{{- $channels := dict "owners" $values.channels "platform" ($values.platform.channels | default $values.channels) -}}
{{- range $channel := list "slack" "email" -}}
{{- $file := $.Files.Get (printf "files/alertmanager/receivers/%s.yml" $channel) | fromYaml -}}
{{- range $file.receivers -}}
{{- if has $channel (get $channels .name) -}}
{{- $_ := merge (get $receivers .name) . -}}
{{- with $file.global }}{{ $_ := merge $config.global . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- include "flowforge.alertmanager.slack" (dict "values" $values "receivers" $receivers) -}}
{{- include "flowforge.alertmanager.email" (dict "values" $values "receivers" $receivers "global" $config.global) -}}
{{- include "flowforge.alertmanager.offHours" (dict "values" $values "config" $config "receivers" $receivers) -}}

{{- $switch := get $receivers "dead-mans-switch" -}}
{{- if $values.deadMansSwitch.urlKey -}}
{{- range $switch.webhook_configs -}}
{{- $_ := unset . "url" -}}
{{- $_ := set . "url_file" (printf "secrets/%s" $values.deadMansSwitch.urlKey) -}}
{{- end -}}
{{- else -}}
{{- $_ := unset $switch "webhook_configs" -}}
{{- end -}}

{{- range $addition := .Values.receivers -}}
{{- $receiver := get $receivers .name -}}
{{- range $key, $configs := omit . "name" -}}
{{- if hasKey $receiver $key -}}
{{- fail (printf "receivers: %s has %s already: put both below it, or take the channel out of notifications.channels." $addition.name $key) -}}
{{- end -}}
{{- $_ := set $receiver $key $configs -}}
{{- end -}}
{{- end -}}

{{- if ne .Values.timeZone "UTC" -}}
{{- range $interval := $config.time_intervals -}}
{{- range $interval.time_intervals }}{{ $_ := set . "location" $.Values.timeZone }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $_ := set $config "templates" (list "/etc/alertmanager/config/*.tmpl") -}}
{{ toYaml $config | replace "_file: secrets/" (printf "_file: /etc/alertmanager/secrets/%s/" $values.secretName) }}
{{- end }}

{{- define "flowforge.alertmanager.slack" -}}
{{- $slack := .values.slack -}}
{{- range (get .receivers "owners").slack_configs -}}
{{- $_ := set . "channel" (.channel | replace "{{ else }}#alerts{{ end }}" (printf "{{ else }}%s{{ end }}" $slack.channel)) -}}
{{- include "flowforge.alertmanager.slackKeys" (dict "config" . "keys" $slack) -}}
{{- end -}}
{{- $platform := .values.platform.slack -}}
{{- range (get .receivers "platform").slack_configs -}}
{{- $_ := set . "channel" ($platform.channel | default $slack.channel) -}}
{{- include "flowforge.alertmanager.slackKeys" (dict "config" . "keys" (ternary $platform $slack (ne $platform.apiUrlKey ""))) -}}
{{- end -}}
{{- end }}

{{- define "flowforge.alertmanager.slackKeys" -}}
{{- $_ := set .config "api_url_file" (printf "secrets/%s" .keys.apiUrlKey) -}}
{{- if .keys.botTokenKey -}}
{{- $_ := set .config.http_config.authorization "credentials_file" (printf "secrets/%s" .keys.botTokenKey) -}}
{{- else -}}
{{- $_ := unset .config "http_config" -}}
{{- end -}}
{{- end }}

{{- define "flowforge.alertmanager.email" -}}
{{- $email := .values.email -}}
{{- $platform := .values.platform.email -}}
{{- $toPlatform := coalesce $platform.to (get $email.teams "platform") $email.to -}}
{{- range (get .receivers "owners").email_configs -}}
{{- $_ := set . "to" (include "flowforge.recipients" (dict "teams" $email.teams "others" $email.to)) -}}
{{- /* What is global goes to every mail server that has no user of its own. */ -}}
{{- if $platform.smarthost -}}
{{- include "flowforge.alertmanager.login" (dict "config" . "prefix" "" "mail" $email) -}}
{{- end -}}
{{- end -}}
{{- range (get .receivers "platform").email_configs -}}
{{- $_ := set . "to" $toPlatform -}}
{{- if $platform.smarthost -}}
{{- $_ := set . "smarthost" $platform.smarthost -}}
{{- $_ := set . "require_tls" $platform.requireTls -}}
{{- include "flowforge.alertmanager.login" (dict "config" . "prefix" "" "mail" $platform) -}}
{{- end -}}
{{- end -}}
{{- if hasKey .global "smtp_smarthost" -}}
{{- if $email.smarthost -}}
{{- $_ := set .global "smtp_smarthost" $email.smarthost -}}
{{- $_ := set .global "smtp_require_tls" $email.requireTls -}}
{{- end -}}
{{- $_ := set .global "smtp_from" $email.from -}}
{{- if not $platform.smarthost -}}
{{- include "flowforge.alertmanager.login" (dict "config" .global "prefix" "smtp_" "mail" $email) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "flowforge.alertmanager.login" -}}
{{- if .mail.username -}}
{{- $_ := set .config (printf "%sauth_username" .prefix) .mail.username -}}
{{- $_ := set .config (printf "%sauth_password_file" .prefix) (printf "secrets/%s" .mail.passwordKey) -}}
{{- end -}}
{{- end }}

{{/* The recipients of a mail: those of each team that one of its alerts is for, each once. A template of Alertmanager. */}}
{{- define "flowforge.recipients" -}}
{{- if not .teams -}}
{{ .others }}
{{- else -}}
{{- $flags := "{{ $some := 0 }}{{ $others := 0 }}" -}}
{{- $branches := "" -}}
{{- $number := 0 -}}
{{- $once := "{{ if not %s }}{{ %s = 1 }}{{ if $some }}, {{ end }}{{ $some = 1 }}%s{{ end }}" -}}
{{- range $team, $addresses := .teams -}}
{{- $flag := printf "$team%d" $number -}}
{{- $flags = printf "%s{{ %s := 0 }}" $flags $flag -}}
{{- $branches = printf "%s{{ %s eq .Labels.team \"%s\" }}%s" $branches (ternary "else if" "if" (gt $number 0)) $team (printf $once $flag $flag $addresses) -}}
{{- $number = add1 $number -}}
{{- end -}}
{{- printf "%s{{ range .Alerts }}%s{{ else }}%s{{ end }}{{ end }}" $flags $branches (printf $once "$others" "$others" .others) -}}
{{- end -}}
{{- end }}

{{/* Warnings outside working hours. The routes come last: what has a route of its own keeps it. */}}
{{- define "flowforge.alertmanager.offHours" -}}
{{- $choice := .values.warningsOffHours -}}
{{- if ne $choice "owners" -}}
{{- $routes := .config.route.routes -}}
{{- if ne $choice "morning" -}}
{{- $routes = append $routes (dict "matchers" (list "severity=\"warning\"") "receiver" "off-hours" "active_time_intervals" (list "outside-working-hours") "continue" true) -}}
{{- $mail := dict "to" $choice "send_resolved" true
      "headers" (dict "Subject" "{{ template \"flowforge.email.subject\" . }}")
      "text" "{{ template \"flowforge.email.text\" . }}"
      "html" "{{ template \"flowforge.email.html\" . }}" -}}
{{- $_ := set .config "receivers" (append .config.receivers (dict "name" "off-hours" "email_configs" (list $mail))) -}}
{{- end -}}
{{- $routes = append $routes (dict "matchers" (list "severity=\"warning\"") "mute_time_intervals" (list "outside-working-hours")) -}}
{{- $_ := set .config.route "routes" $routes -}}
{{- end -}}
{{- end }}

{{/* Whether anything is read from the Secret. */}}
{{- define "flowforge.alertmanager.usesSecret" -}}
{{- if contains (printf "/etc/alertmanager/secrets/%s/" .Values.notifications.secretName) (include "flowforge.alertmanager.config" .) -}}
yes
{{- end -}}
{{- end }}
