# Everything a person does with this repository. Needs make, a JDK 17 or newer, and nothing else to begin with.

FAULT ?=
ALL ?=
SERVICE ?=
NAME ?=
URL ?=
TEAM ?=
ENVIRONMENT ?=
SPRING_BOOT ?=
export FAULT ALL SERVICE NAME URL TEAM ENVIRONMENT SPRING_BOOT

LENGTH ?= 60

QUICK ?=
ROUNDS ?= 3
VARIANT ?= FLOWFORGE

MVN := ./mvnw -B -ntp

.PHONY: help dev watch unwatch status check-slack drill down test compatibility docs bench profile startup jmh outage evaluation dashboards benchmarks-jar comparison-applications

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

dev: ## bring up the stack and its samples, or what is missing of them
	@stack/launch up

watch: ## have a service of yours watched: NAME=payments URL=http://localhost:8080 (TEAM, ENVIRONMENT)
	@stack/launch watch --name="$$NAME" --url="$$URL" --team="$$TEAM" --environment="$$ENVIRONMENT"

unwatch: ## end that, without paging anybody: NAME=payments
	@stack/launch unwatch --name="$$NAME"

status: ## what runs, who is watched, what fires
	@stack/launch status

check-slack: ## try the bot's token, find channels without the bot, send a test message (FLOWFORGE_SLACK_BOT_TOKEN_FILE)
	@stack/launch check-slack

drill: ## see an alert arrive: of orders-service (FAULT=errors|latency|health|down), of yours (SERVICE=payments), or all (ALL=1)
	@stack/launch drill --fault="$$FAULT" --service="$$SERVICE" --all="$$ALL"

down: ## end everything that dev started; its data stays (stack/launch down --clean removes it)
	@stack/launch down

test: ## every test, against real backends
	@stack/install --with-browser || [ "$$CI" != true ]   # elsewhere, the tests that miss a program are skipped and say so
	@stack/launch collector >/dev/null || true   # the tests that need it are skipped and say so
	$(MVN) -T 2 verify   # two modules at a time: many tests wait for alerts and time-outs

compatibility: ## the tests of docs/compatibility.md on each Java of this machine (SPRING_BOOT="4.1.1 …" adds versions of Spring Boot)
	@integration-tests/compatibility

docs: ## write what is generated anew: tables of docs/reference, the list of known properties, grafana/dashboards
	$(MVN) -q -pl flowforge-observability-autoconfigure,grafana,stack/launcher -Dtest='*ReferenceTests' \
		-Dsurefire.failIfNoSpecifiedTests=false -Dflowforge.docs.write=true package
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -jar grafana/target/write-dashboards.jar grafana/dashboards

benchmarks-jar:
	$(MVN) -DskipTests -pl benchmarks -am package

comparison-applications:
	$(MVN) -DskipTests -Pcomparison -am package \
		-pl benchmarks,:benchmark-bare,:benchmark-spring-boot,:benchmark-opentelemetry,:benchmark-agent,:benchmark-flowforge

bench: comparison-applications ## compare what the library and its peers cost (ROUNDS=3 take 25 minutes or more; QUICK=1 shows in 6 to 10 that it works; leave the machine alone meanwhile)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -XX:+UseSerialGC -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.comparison.Comparison benchmarks $(if $(QUICK),--quick,--rounds=$(ROUNDS))

profile: comparison-applications ## show which library uses the CPU time and makes the allocations of a request (VARIANT=FLOWFORGE; 2 minutes)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -XX:+UseSerialGC -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.comparison.Profile benchmarks $(VARIANT)

startup: comparison-applications ## time the start with Spring's ahead-of-time processing and with a CDS archive (6 minutes)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -XX:+UseSerialGC -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.comparison.Startup benchmarks

jmh: benchmarks-jar ## measure parts of the library with JMH (8 minutes; leave the machine alone meanwhile)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -jar benchmarks/target/benchmarks.jar -prof gc

outage: benchmarks-jar ## break the collector in six ways under load and measure the service (LENGTH=60 seconds each, 15 minutes in all)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -Dseconds=$(LENGTH) -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.Outages

evaluation: benchmarks-jar ## measure what the rules cost Prometheus, for fleets of several sizes (18 minutes each)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.RuleEvaluation prometheus-rules

dashboards: benchmarks-jar ## measure how long the dashboard Services waits for Prometheus, with 300 services and a week of history (10 minutes)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.dashboards.DashboardTiming benchmarks
