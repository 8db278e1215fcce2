{{- define "yagura.name" -}}
{{- printf "%s" .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "yagura.selector" -}}
app.kubernetes.io/name: yagura
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "yagura.labels" -}}
{{ include "yagura.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
