# shellcheck shell=bash
# What the scripts beside this file share. Works with the bash 3.2 of macOS, and needs no curl, nc or timeout.

stack=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$stack")
say() { echo "$*"; }
die() { echo "$(basename "$0"): $*" >&2; exit 1; }

# All that a stack keeps while it runs and afterwards. With another folder, and other ports, a second stack of processes
# runs beside the first. Exported for compose.yaml, which mounts it.
export FLOWFORGE_DATA="${FLOWFORGE_DATA:-$stack/.data}"
data=$FLOWFORGE_DATA
settings=$data/settings
case $data in
  /*) ;;
  *) die "FLOWFORGE_DATA=$data must be an absolute path." ;;
esac

# --- What the stack consists of -------------------------------------------------------------------------------------

# A stack that is up keeps the settings it was brought up with, whatever the environment says by now.
# shellcheck source=/dev/null
if [ -r "$settings" ]; then set -a; . "$settings"; set +a; fi
export FLOWFORGE_RUNTIME="${FLOWFORGE_RUNTIME:-}"
export FLOWFORGE_ORDERS_PORT="${FLOWFORGE_ORDERS_PORT:-8080}"
export FLOWFORGE_INVENTORY_PORT="${FLOWFORGE_INVENTORY_PORT:-8081}"
export FLOWFORGE_INBOX_PORT="${FLOWFORGE_INBOX_PORT:-8090}"
export FLOWFORGE_SMTP_PORT="${FLOWFORGE_SMTP_PORT:-8025}"
export FLOWFORGE_PROMETHEUS_PORT="${FLOWFORGE_PROMETHEUS_PORT:-9090}"
export FLOWFORGE_ALERTMANAGER_PORT="${FLOWFORGE_ALERTMANAGER_PORT:-9093}"
export FLOWFORGE_OTLP_GRPC_PORT="${FLOWFORGE_OTLP_GRPC_PORT:-4317}"
export FLOWFORGE_OTLP_HTTP_PORT="${FLOWFORGE_OTLP_HTTP_PORT:-4318}"
export FLOWFORGE_COLLECTOR_PORT="${FLOWFORGE_COLLECTOR_PORT:-8888}"
export FLOWFORGE_COLLECTOR_HEALTH_PORT="${FLOWFORGE_COLLECTOR_HEALTH_PORT:-13133}"

export FLOWFORGE_LOKI_PORT="${FLOWFORGE_LOKI_PORT:-3100}"
export FLOWFORGE_LOKI_GRPC_PORT="${FLOWFORGE_LOKI_GRPC_PORT:-9097}"
export FLOWFORGE_TEMPO_PORT="${FLOWFORGE_TEMPO_PORT:-3200}"
export FLOWFORGE_TEMPO_GRPC_PORT="${FLOWFORGE_TEMPO_GRPC_PORT:-9099}"
export FLOWFORGE_TEMPO_OTLP_PORT="${FLOWFORGE_TEMPO_OTLP_PORT:-14318}"
export FLOWFORGE_GRAFANA_PORT="${FLOWFORGE_GRAFANA_PORT:-3000}"
export FLOWFORGE_ALERTMANAGER_2_PORT="${FLOWFORGE_ALERTMANAGER_2_PORT:-9095}"
export FLOWFORGE_CLUSTER_PORT="${FLOWFORGE_CLUSTER_PORT:-9094}"
export FLOWFORGE_CLUSTER_2_PORT="${FLOWFORGE_CLUSTER_2_PORT:-9096}"

# The profile: nothing for all of it, `ha` for two Alertmanagers, which agree among themselves who notifies, `slim` for the
# alerts alone.
export FLOWFORGE_PROFILE="${FLOWFORGE_PROFILE:-}"
alertmanagers=(alertmanager)
shown=yes
case $FLOWFORGE_PROFILE in
  '') ;;
  ha) alertmanagers+=(alertmanager-2) ;;
  slim) shown=no ;;
  *) die "FLOWFORGE_PROFILE=$FLOWFORGE_PROFILE is unknown: it may be ha, slim, or empty." ;;
esac

# What the stack can do without: `no` leaves it out. As a plain process it is left out, too, where there is no program for
# it: stack/up finds out, and sets these.
export FLOWFORGE_COLLECTOR="${FLOWFORGE_COLLECTOR:-yes}"
export FLOWFORGE_LOKI="${FLOWFORGE_LOKI:-$shown}"
export FLOWFORGE_TEMPO="${FLOWFORGE_TEMPO:-$shown}"
export FLOWFORGE_GRAFANA="${FLOWFORGE_GRAFANA:-$shown}"

# In the order in which they need each other.
parts=(alert-inbox)
if [ "$FLOWFORGE_LOKI" != no ]; then parts+=(loki); fi
if [ "$FLOWFORGE_TEMPO" != no ]; then parts+=(tempo); fi
if [ "$FLOWFORGE_COLLECTOR" != no ]; then parts+=(otel-collector); fi
parts+=(inventory-service orders-service "${alertmanagers[@]}")
if [ "$FLOWFORGE_GRAFANA" != no ]; then parts+=(grafana); fi
parts+=(prometheus)

has() { case " ${parts[*]} " in *" $1 "*) ;; *) return 1 ;; esac; }

# One more file of stack/otel-collector/ for it, which changes something in config.yaml.
export FLOWFORGE_COLLECTOR_CONFIG="${FLOWFORGE_COLLECTOR_CONFIG:-config.yaml}"

# port_variable PART — the variable that says which port a part answers HTTP on
port_variable() {
  case $1 in
    orders-service) echo FLOWFORGE_ORDERS_PORT ;;
    inventory-service) echo FLOWFORGE_INVENTORY_PORT ;;
    alert-inbox) echo FLOWFORGE_INBOX_PORT ;;
    prometheus) echo FLOWFORGE_PROMETHEUS_PORT ;;
    alertmanager) echo FLOWFORGE_ALERTMANAGER_PORT ;;
    alertmanager-2) echo FLOWFORGE_ALERTMANAGER_2_PORT ;;
    loki) echo FLOWFORGE_LOKI_PORT ;;
    tempo) echo FLOWFORGE_TEMPO_PORT ;;
    grafana) echo FLOWFORGE_GRAFANA_PORT ;;
    otel-collector) echo FLOWFORGE_COLLECTOR_HEALTH_PORT ;;
  esac
}

port_of() { local variable; variable=$(port_variable "$1"); echo "${!variable}"; }

jar_of() { echo "$root/samples/$1/target/$1.jar"; }

# --- HTTP over bash's own sockets -----------------------------------------------------------------------------------

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# http METHOD PORT PATH — prints the body; fails unless the status is 200 or the like
http() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$2" || exit 1
    printf '%s %s HTTP/1.0\r\nHost: localhost:%s\r\nContent-Length: 0\r\n\r\n' "$1" "$3" "$2" >&3
    IFS= read -r -t 5 status <&3 || exit 1
    while IFS= read -r -t 5 line <&3 && [ "$line" != $'\r' ]; do :; done
    cat <&3
    [[ $status == "HTTP/1."?" 2"* ]]
  ) 2>/dev/null
}

healthy() {
  case $1 in
    prometheus | alertmanager | alertmanager-2) http GET "$(port_of "$1")" /-/ready >/dev/null ;;
    loki | tempo) http GET "$(port_of "$1")" /ready >/dev/null ;;
    otel-collector) http GET "$(port_of "$1")" / >/dev/null ;;
    grafana) http GET "$(port_of "$1")" /api/health >/dev/null ;;
    *) http GET "$(port_of "$1")" /actuator/health >/dev/null ;;
  esac
}

# wait_until_healthy PART… — shows each as it gets there; fails, leaving its name in $culprit, as soon as one has died or
# when a minute and a half has passed
wait_until_healthy() {
  local waiting=$* still part began=$SECONDS
  while [ -n "$waiting" ]; do
    still=
    for part in $waiting; do
      # shellcheck disable=SC2034  # for whoever asks why
      culprit=$part
      if healthy "$part"; then
        printf '%s  %s %-18s %3d s\n' "$erase" "$tick" "$part" $((SECONDS - began))
      elif ! alive "$part" || [ $((SECONDS - began)) -ge 90 ]; then
        printf '%s  %s %s\n' "$erase" "$cross" "$part"
        return 1
      else
        still="$still $part"
      fi
    done
    waiting=$still
    if [ -n "$waiting" ]; then
      [ -z "$erase" ] || printf '%s  … waiting for%s, %d s' "$erase" "$waiting" $((SECONDS - began))
      sleep 0.3
    fi
  done
}
erase='' tick=ok cross=FAILED
if [ -t 1 ]; then erase=$'\r\033[K' tick=✓ cross=✗; fi

# --- One set of verbs for both runtimes: alive, start, stop, hang_up, last_words ------------------------------------

compose=(docker compose --file "$stack/compose.yaml")
if [ -n "$FLOWFORGE_PROFILE" ]; then compose+=(--env-file "$stack/profiles/$FLOWFORGE_PROFILE.env"); fi
# Whose files those are: see compose.yaml.
export FLOWFORGE_CONTAINER_USER="${FLOWFORGE_CONTAINER_USER:-$(id -u):$(id -g)}"

log_of() { echo "$data/log/$1.log"; }
pid_file() { echo "$data/run/$1.pid"; }

# started_at PID — when that process started, in whatever unit the system has; fails if there is no such process.
# A pid alone does not name a process: numbers are used again.
started_at() {
  local line
  if [ -d /proc/self ]; then
    { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086  # fields, counted after the name, which may hold spaces
    set -- ${line##*) }
    [ "$1" != Z ] && echo "${20}"
  else
    ps -o lstart= -p "$1"
  fi
}

# pid_of PART — the pid of the part's process, if that very process still runs
pid_of() {
  local pid started now file
  file=$(pid_file "$1")
  # No { } around it, and no $( ) in it: what a trap has to say meanwhile would go where this command's errors go.
  IFS=' ' read -r pid started 2>/dev/null <"$file" || return 1
  now=$(started_at "$pid") || return 1
  [ "$now" = "${started:-$now}" ] && echo "$pid"
}

alive() {
  if [ "$FLOWFORGE_RUNTIME" = containers ]; then
    [ -n "$("${compose[@]}" ps --quiet --status running "$1" 2>/dev/null)" ]
  else
    pid_of "$1" >/dev/null
  fi
}

start() {
  if [ "$FLOWFORGE_RUNTIME" = containers ]; then
    "${compose[@]}" start "$1" >/dev/null 2>&1
  else
    start_process "$1"
  fi
}

# stop PART… — all are asked to end, then each gets ten seconds before it is killed
stop() {
  local part pid deadline
  if [ "$FLOWFORGE_RUNTIME" = containers ]; then
    "${compose[@]}" stop --timeout 10 "$@" >/dev/null 2>&1
    return
  fi
  for part in "$@"; do
    if pid=$(pid_of "$part"); then kill "$pid" 2>/dev/null || true; fi
  done
  deadline=$((SECONDS + 10))
  for part in "$@"; do
    while pid=$(pid_of "$part"); do
      if [ $SECONDS -ge $deadline ]; then kill -KILL "$pid" 2>/dev/null || true; fi
      sleep 0.1
    done
    rm -f "$(pid_file "$part")"
  done
}

hang_up() {
  if [ "$FLOWFORGE_RUNTIME" = containers ]; then
    "${compose[@]}" kill --signal HUP "$1" >/dev/null 2>&1
  else
    kill -HUP "$(pid_of "$1")"
  fi
}

last_words() {
  if [ "$FLOWFORGE_RUNTIME" = containers ]; then
    "${compose[@]}" logs --no-log-prefix --tail 20 "$1" 2>&1
  else
    tail -n 20 "$(log_of "$1")"
  fi
}

# --- Plain processes ------------------------------------------------------------------------------------------------

start_process() {
  local name=$1
  case $name in
    prometheus)
      in_background "$name" "$data/prometheus/config" "$stack/prometheus-with-flags" \
        --config.file=prometheus.yml --storage.tsdb.path=../data \
        --web.listen-address="127.0.0.1:$FLOWFORGE_PROMETHEUS_PORT" \
        --web.external-url="http://localhost:$FLOWFORGE_PROMETHEUS_PORT"
      ;;
    alertmanager)
      # An empty cluster address: one Alertmanager alone, which then opens no second port.
      local cluster=(--cluster.listen-address=)
      if [ "$FLOWFORGE_PROFILE" = ha ]; then
        cluster=(--cluster.listen-address="127.0.0.1:$FLOWFORGE_CLUSTER_PORT" --cluster.advertise-address="127.0.0.1:$FLOWFORGE_CLUSTER_PORT")
      fi
      start_alertmanager "$name" ../data "$FLOWFORGE_ALERTMANAGER_PORT" "${cluster[@]}"
      ;;
    alertmanager-2)
      start_alertmanager "$name" ../data-2 "$FLOWFORGE_ALERTMANAGER_2_PORT" --cluster.peer="127.0.0.1:$FLOWFORGE_CLUSTER_PORT" \
        --cluster.listen-address="127.0.0.1:$FLOWFORGE_CLUSTER_2_PORT" --cluster.advertise-address="127.0.0.1:$FLOWFORGE_CLUSTER_2_PORT"
      ;;
    loki)
      LOKI_PORT=$FLOWFORGE_LOKI_PORT LOKI_GRPC_PORT=$FLOWFORGE_LOKI_GRPC_PORT LOKI_DATA=$data/loki/data LOKI_RULES=$data/loki/config \
        LOKI_ALERTMANAGERS=$(alertmanager_urls) \
        in_background "$name" "$data/loki" loki -config.file="$stack/loki/config.yaml" -config.expand-env=true
      ;;
    tempo)
      TEMPO_PORT=$FLOWFORGE_TEMPO_PORT TEMPO_GRPC_PORT=$FLOWFORGE_TEMPO_GRPC_PORT TEMPO_OTLP_PORT=$FLOWFORGE_TEMPO_OTLP_PORT \
        TEMPO_DATA=$data/tempo TEMPO_REMOTE_WRITE="http://127.0.0.1:$FLOWFORGE_PROMETHEUS_PORT/api/v1/write" \
        in_background "$name" "$data/tempo" tempo -config.file="$stack/tempo/config.yaml" -config.expand-env=true
      ;;
    otel-collector)
      # It delivers to what is there, unless a person says otherwise.
      local traces=nop logs=nop
      if has tempo; then traces=otlp_http/traces; fi
      if has loki; then logs=otlp_http/logs; fi
      COLLECTOR_GRPC_PORT=$FLOWFORGE_OTLP_GRPC_PORT COLLECTOR_HTTP_PORT=$FLOWFORGE_OTLP_HTTP_PORT \
        COLLECTOR_METRICS_PORT=$FLOWFORGE_COLLECTOR_PORT COLLECTOR_HEALTH_PORT=$FLOWFORGE_COLLECTOR_HEALTH_PORT \
        COLLECTOR_DATA=$data/$name \
        COLLECTOR_TRACES_EXPORTER=${COLLECTOR_TRACES_EXPORTER:-$traces} COLLECTOR_LOGS_EXPORTER=${COLLECTOR_LOGS_EXPORTER:-$logs} \
        COLLECTOR_TRACES_ENDPOINT=${COLLECTOR_TRACES_ENDPOINT:-http://127.0.0.1:$FLOWFORGE_TEMPO_OTLP_PORT} \
        COLLECTOR_LOGS_ENDPOINT=${COLLECTOR_LOGS_ENDPOINT:-http://127.0.0.1:$FLOWFORGE_LOKI_PORT/otlp} \
        in_background "$name" "$data/$name" "$("$stack/collector" --no-build)" --config="$stack/otel-collector/config.yaml" \
        --config="$stack/otel-collector/$FLOWFORGE_COLLECTOR_CONFIG"
      ;;
    grafana)
      GF_SERVER_HTTP_ADDR=127.0.0.1 GF_SERVER_HTTP_PORT=$FLOWFORGE_GRAFANA_PORT \
        GF_SERVER_ROOT_URL=${FLOWFORGE_GRAFANA_URL:-http://localhost:$FLOWFORGE_GRAFANA_PORT}/ \
        GF_SECURITY_ADMIN_PASSWORD="\$__file{$data/grafana/secrets/admin-password}" \
        GF_PATHS_DATA=$data/grafana/data GF_PATHS_PLUGINS=$data/grafana/data/plugins GF_PATHS_PROVISIONING=$root/grafana/provisioning \
        GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=$root/grafana/dashboards/services.json DASHBOARDS_PATH=$root/grafana/dashboards \
        PROMETHEUS_URL=http://127.0.0.1:$FLOWFORGE_PROMETHEUS_PORT ALERTMANAGER_URL=http://127.0.0.1:$FLOWFORGE_ALERTMANAGER_PORT \
        LOKI_URL=http://127.0.0.1:$FLOWFORGE_LOKI_PORT TEMPO_URL=http://127.0.0.1:$FLOWFORGE_TEMPO_PORT \
        in_background "$name" "$data/grafana" grafana server --homepath="$(grafana_home)" --config="$root/grafana/grafana.ini"
      ;;
    alert-inbox) in_background_jar "$name" --inbox.smtp.port="$FLOWFORGE_SMTP_PORT" ;;
    inventory-service) in_background_jar "$name" "${telemetry[@]}" ;;
    orders-service)
      in_background_jar "$name" --orders.inventory-url="http://localhost:$FLOWFORGE_INVENTORY_PORT" "${telemetry[@]}"
      ;;
  esac
}

# Where the samples send their spans and log records.
telemetry=(--flowforge.observability.otlp.endpoint="http://localhost:$FLOWFORGE_OTLP_HTTP_PORT")
if [ "$FLOWFORGE_COLLECTOR" = no ]; then
  telemetry=(--management.tracing.export.otlp.enabled=false --management.logging.export.otlp.enabled=false)
fi

# grafana_home — the folder that Grafana's own files are in: one archive, packages and Homebrew each have theirs
grafana_home() {
  local program home
  program=$(command -v grafana)
  for home in "${GF_PATHS_HOME:-}" "$(dirname "$program")/.." "$(dirname "$(readlink "$program" || echo "$program")")/.." \
    /usr/share/grafana /opt/homebrew/share/grafana /usr/local/share/grafana; do
    if [ -r "$home/conf/defaults.ini" ]; then echo "$home"; return; fi
  done
  return 1
}

# alertmanager_urls — of each that runs, separated by commas
alertmanager_urls() {
  local name urls=
  for name in "${alertmanagers[@]}"; do urls=$urls,http://127.0.0.1:$(port_of "$name"); done
  echo "${urls#,}"
}

# start_alertmanager NAME STORAGE PORT FLAG… — both of a pair run on the same configuration
start_alertmanager() {
  local name=$1 storage=$2 port=$3
  shift 3
  in_background "$name" "$data/alertmanager/config" "$(alertmanager_command)" --config.file=alertmanager.yml \
    --storage.path="$storage" --web.listen-address="127.0.0.1:$port" --web.external-url="http://localhost:$port" "$@"
}

# Debian has a name of its own for it.
alertmanager_command() { command -v prometheus-alertmanager || command -v alertmanager; }

in_background_jar() {
  local name=$1
  shift
  mkdir -p "$data/$name"
  # A sample needs little memory, and is to be up soon rather than fast.
  in_background "$name" "$data/$name" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx192m -XX:TieredStopAtLevel=1 \
    -jar "$(jar_of "$name")" --spring.profiles.active=demo --server.address=127.0.0.1 \
    --server.port="$(port_of "$name")" "$@"
}

# in_background NAME FOLDER COMMAND… — in a process group of its own, so that a Ctrl-C here does not reach it
in_background() {
  local name=$1 folder=$2 file log started
  shift 2
  mkdir -p "$data/run" "$data/log"
  file=$(pid_file "$name") log=$(log_of "$name")
  set -m
  (cd "$folder" && exec nohup "$@") </dev/null >"$log" 2>&1 &
  set +m
  # Noted at once, by bash itself: the Ctrl-C of an impatient person ends any command that is run to find out more.
  echo "$!" >"$file"
  if started=$(started_at $!); then echo "$! $started" >"$file"; fi
  disown "$!"   # bash would say so, wherever it is by then, if the part had to be killed (Tempo now and then)
}
