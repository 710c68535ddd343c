package io.flowforge.drill.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Channel;
import io.flowforge.drill.message.Message;
import io.flowforge.drill.message.Subject;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens to the stack, and what must come of it: certain alerts and no
 * others, or no alert at all if the scenario is a calm one.
 */
public final class Scenario {

	private final String name;

	private final Set<Subject> affected = new LinkedHashSet<>();

	private final List<Expectation> expected = new ArrayList<>();

	private final List<Alert> inhibited = new ArrayList<>();

	private final List<Scenario> meanwhile = new ArrayList<>();

	private final CompletableFuture<ReportRow> row = new CompletableFuture<>();

	private boolean byPair;

	private boolean byWatchdogOnly;

	private @Nullable Scenario predecessor;

	private Runnable preparation = () -> {
	};

	private Runnable fault = () -> {
	};

	private Runnable restoration = () -> {
	};

	private Duration observation = Duration.ZERO;

	private volatile @Nullable Instant began;

	private volatile @Nullable Instant ended;

	private Scenario(String name) {
		this.name = name;
	}

	static Scenario of(String name, SampleService... affected) {
		Scenario scenario = new Scenario(name);
		Stream.of(affected).map(SampleService::subject).forEach(scenario.affected::add);
		return scenario;
	}

	/**
	 * Expect an alert about a service.
	 * @param alert the alert
	 * @param service the service
	 * @param labels a further label and its value, if any
	 * @return this
	 */
	Scenario expect(Alert alert, SampleService service, String... labels) {
		return expect(alert, service.subject(), labels);
	}

	/**
	 * Expect an alert about a service.
	 * @param alert the alert
	 * @param service the service
	 * @param labels a further label and its value, if any
	 * @return this
	 */
	Scenario expect(Alert alert, Subject service, String... labels) {
		this.affected.add(service);
		this.expected.add(new Expectation(alert, service, asMap(labels), Channel.ALL));
		return this;
	}

	/**
	 * Expect an alert about the stack itself.
	 * @param alert the alert
	 * @param labels a further label and its value, if any
	 * @return this
	 */
	Scenario expect(Alert alert, String... labels) {
		this.expected.add(new Expectation(alert, Subject.STACK, asMap(labels), Channel.ALL));
		return this;
	}

	private static Map<String, String> asMap(String... labels) {
		return (labels.length == 0) ? Map.of() : Map.of(labels[0], labels[1]);
	}

	/**
	 * Allow an alert to fire that must not be sent, since another one says more.
	 * @param alert the alert
	 * @return this
	 */
	Scenario inhibits(Alert alert) {
		this.inhibited.add(alert);
		return this;
	}

	/**
	 * Expect what is expected so far by email only, as long as it fires.
	 * @return this
	 */
	Scenario byEmailOnly() {
		this.expected.replaceAll(Expectation::byEmailOnly);
		return this;
	}

	/**
	 * Expect each message twice at most, and the second time only after the end of the
	 * first. One of two Alertmanagers may be waiting for its turn while the other one
	 * tells that an alert is over: it then tells the alert, and its end, once more
	 * (prometheus/alertmanager#4008).
	 * @return this
	 */
	Scenario byPair() {
		this.byPair = true;
		return this;
	}

	Scenario byWatchdogOnly() {
		this.byWatchdogOnly = true;
		return this;
	}

	Scenario after(Scenario predecessor) {
		this.predecessor = predecessor;
		return this;
	}

	/**
	 * Have ready what the fault needs. The report counts from when it is.
	 * @param preparation what to do before
	 * @return this
	 */
	Scenario prepares(Runnable preparation) {
		this.preparation = preparation;
		return this;
	}

	Scenario breaks(Runnable fault) {
		this.fault = fault;
		return this;
	}

	/**
	 * Run other scenarios while the alerts of this one fire.
	 * @param others calm scenarios
	 * @return this
	 */
	Scenario meanwhile(Scenario... others) {
		this.meanwhile.addAll(List.of(others));
		return this;
	}

	Scenario restores(Runnable restoration) {
		this.restoration = restoration;
		return this;
	}

	/**
	 * Go on observing after the last event.
	 * @param time how long
	 * @return this
	 */
	Scenario observe(Duration time) {
		this.observation = time;
		return this;
	}

	public String name() {
		return this.name;
	}

	public boolean isCalm() {
		return this.expected.isEmpty();
	}

	public List<Expectation> expected() {
		return this.expected;
	}

	Stream<Expectation> expected(Channel channel) {
		return this.expected.stream().filter((one) -> one.channels().contains(channel));
	}

	boolean isByWatchdogOnly() {
		return this.byWatchdogOnly;
	}

	@Nullable Scenario predecessor() {
		return this.predecessor;
	}

	void prepareIt() {
		this.preparation.run();
	}

	void breakIt() {
		this.fault.run();
	}

	void restoreIt() {
		this.restoration.run();
	}

	List<Scenario> meanwhile() {
		return this.meanwhile;
	}

	Duration observation() {
		return this.observation;
	}

	/**
	 * The result, once the scenario is over.
	 * @return the row of the report
	 */
	public CompletableFuture<ReportRow> row() {
		return this.row;
	}

	/**
	 * This scenario and those that run while its alerts fire.
	 * @return scenarios
	 */
	Stream<Scenario> all() {
		return Stream.concat(Stream.of(this), this.meanwhile.stream());
	}

	void begin() {
		this.began = Instant.now();
	}

	void end() {
		this.ended = Instant.now();
	}

	Instant began() {
		Instant began = this.began;
		return (began != null) ? began : Instant.MAX;
	}

	boolean isDuring(Instant time) {
		Instant ended = this.ended;
		return !time.isBefore(began()) && (ended == null || !time.isAfter(ended));
	}

	/**
	 * How often a message may come.
	 * @return the number of times
	 */
	int mostTimes() {
		return this.byPair ? 2 : 1;
	}

	/**
	 * Whether this scenario causes an alert.
	 * @param labels the alert's labels
	 * @return whether it does
	 */
	boolean causes(Map<String, String> labels) {
		return this.expected.stream().anyMatch((one) -> one.matches(labels)) || isInhibited(labels);
	}

	boolean isInhibited(Map<String, String> labels) {
		return this.inhibited.stream().anyMatch((alert) -> alert.label().equals(labels.get("alertname")))
				&& isAboutAffected(labels);
	}

	boolean isAboutAffected(Map<String, String> labels) {
		return this.affected.stream().anyMatch((service) -> service.name().equals(labels.get("application")));
	}

	boolean isAboutAffected(Message message) {
		return this.affected.stream().anyMatch((service) -> message.title().contains(service.name()));
	}

	/**
	 * Whether this scenario causes a message, and the message says nothing else.
	 * @param message the message
	 * @return whether it does
	 */
	boolean causes(Message message) {
		if (message.status().equals("resolved")) {
			return this.expected.stream().anyMatch((one) -> one.isAllClear(message));
		}
		return this.expected.stream().anyMatch((one) -> one.isIn(message)) && Stream.of(Alert.values())
			.filter((alert) -> message.firing().contains(alert.summary()))
			.allMatch((alert) -> this.expected.stream().anyMatch((one) -> one.alert() == alert));
	}

}
