# Everything a person does with this repository. Needs make, a JDK 17 or newer, and nothing else to begin with.

FAULT ?= errors
ALL ?=
export FAULT ALL

LENGTH ?= 60

MVN := ./mvnw -B -ntp

.PHONY: help dev drill down test docs bench outage evaluation benchmarks-jar

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

dev: ## build the jars and bring up the whole stack with its samples
	$(MVN) -DskipTests package
	@stack/up

drill: ## make orders-service fail and watch the alert arrive (FAULT=errors|latency|health|down; ALL=1: a table of everything)
	@stack/drill

down: ## end everything that dev started; its data stays (stack/down --clean removes it)
	@stack/down

test: ## every test, against real backends
	@stack/install || [ "$$CI" != true ]   # elsewhere, the tests that miss a program are skipped and say so
	@stack/collector >/dev/null || true   # the tests that need it are skipped and say so
	$(MVN) verify

docs: ## write what is generated anew: docs/properties.md, grafana/dashboards, the rules for Kubernetes
	stack/kubernetes/rules >stack/kubernetes/prometheus-rule.yaml
	$(MVN) -q -pl flowforge-observability-autoconfigure,grafana -Dtest=PropertyReferenceTests \
		-Dsurefire.failIfNoSpecifiedTests=false -Dflowforge.docs.write=true package
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -jar grafana/target/write-dashboards.jar grafana/dashboards

benchmarks-jar:
	$(MVN) -DskipTests -pl benchmarks -am package

bench: benchmarks-jar ## measure what the library costs (8 minutes; leave the machine alone meanwhile)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -jar benchmarks/target/benchmarks.jar -prof gc

outage: benchmarks-jar ## break the collector in six ways under load and measure the service (LENGTH=60 seconds each, 15 minutes in all)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -Dseconds=$(LENGTH) -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.Outages

evaluation: benchmarks-jar ## measure what the rules cost Prometheus at 150 instances with 30 routes each (8 minutes)
	$${JAVA_HOME:+$$JAVA_HOME/bin/}java -cp benchmarks/target/benchmarks.jar \
		io.flowforge.observability.benchmarks.RuleEvaluation prometheus-rules
