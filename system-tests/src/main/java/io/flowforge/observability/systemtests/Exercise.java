package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that happens to the stack, and what must come of it: certain alerts and no
 * others, or, if it is a calm one, none at all.
 */
final class Exercise {

	private final String name;

	private final Set<SampleService> touched = new LinkedHashSet<>();

	private final List<Expectation> expected = new ArrayList<>();

	private final List<Alert> inhibited = new ArrayList<>();

	private final List<Exercise> meanwhile = new ArrayList<>();

	private final CompletableFuture<Row> row = new CompletableFuture<>();

	private boolean byEmailOnly;

	private boolean byTheSwitchOnly;

	private @Nullable Exercise predecessor;

	private Runnable fault = () -> {
	};

	private Runnable remedy = () -> {
	};

	private Duration watch = Duration.ZERO;

	private volatile @Nullable Instant began;

	private volatile @Nullable Instant ended;

	private Exercise(String name) {
		this.name = name;
	}

	static Exercise of(String name, SampleService... touched) {
		Exercise exercise = new Exercise(name);
		exercise.touched.addAll(List.of(touched));
		return exercise;
	}

	/**
	 * Expect an alert about a service.
	 * @param alert the alert
	 * @param service the service
	 * @param labels further labels and their values, in turn
	 * @return this
	 */
	Exercise expect(Alert alert, SampleService service, String... labels) {
		this.touched.add(service);
		this.expected.add(new Expectation(alert, service, asMap(labels)));
		return this;
	}

	/**
	 * Expect an alert about the stack itself.
	 * @param alert the alert
	 * @param labels labels and their values, in turn
	 * @return this
	 */
	Exercise expect(Alert alert, String... labels) {
		this.expected.add(new Expectation(alert, null, asMap(labels)));
		return this;
	}

	private static Map<String, String> asMap(String... labels) {
		return (labels.length == 0) ? Map.of() : Map.of(labels[0], labels[1]);
	}

	/**
	 * Prometheus may raise this alert, too, but nobody is to be told: another one says
	 * more.
	 * @param alert the alert
	 * @return this
	 */
	Exercise inhibits(Alert alert) {
		this.inhibited.add(alert);
		return this;
	}

	Exercise byEmailOnly() {
		this.byEmailOnly = true;
		return this;
	}

	Exercise byTheSwitchOnly() {
		this.byTheSwitchOnly = true;
		return this;
	}

	Exercise after(Exercise predecessor) {
		this.predecessor = predecessor;
		return this;
	}

	Exercise breaks(Runnable fault) {
		this.fault = fault;
		return this;
	}

	/**
	 * Do other exercises while the alerts of this one fire.
	 * @param others calm ones
	 * @return this
	 */
	Exercise meanwhile(Exercise... others) {
		this.meanwhile.addAll(List.of(others));
		return this;
	}

	Exercise heals(Runnable remedy) {
		this.remedy = remedy;
		return this;
	}

	/**
	 * Go on watching when it is over.
	 * @param time for how long
	 * @return this
	 */
	Exercise watch(Duration time) {
		this.watch = time;
		return this;
	}

	String name() {
		return this.name;
	}

	boolean isCalm() {
		return this.expected.isEmpty();
	}

	List<Expectation> expected() {
		return this.expected;
	}

	boolean isByEmailOnly() {
		return this.byEmailOnly;
	}

	boolean isByTheSwitchOnly() {
		return this.byTheSwitchOnly;
	}

	@Nullable Exercise predecessor() {
		return this.predecessor;
	}

	void breakIt() {
		this.fault.run();
	}

	void healIt() {
		this.remedy.run();
	}

	List<Exercise> meanwhile() {
		return this.meanwhile;
	}

	Duration watch() {
		return this.watch;
	}

	/**
	 * How it went, once it is over.
	 * @return the row of the table
	 */
	CompletableFuture<Row> row() {
		return this.row;
	}

	/**
	 * This exercise and those that are part of it.
	 * @return exercises
	 */
	Stream<Exercise> all() {
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
	 * Whether an alert is of this exercise.
	 * @param labels its labels
	 * @return whether it is
	 */
	boolean isOwn(JsonNode labels) {
		return this.expected.stream().anyMatch((one) -> one.isOf(labels)) || isInhibited(labels);
	}

	boolean isInhibited(JsonNode labels) {
		return this.inhibited.stream().anyMatch((alert) -> alert.label().equals(labels.path("alertname").asString("")))
				&& isAboutTouched(labels);
	}

	boolean isAboutTouched(JsonNode labels) {
		return this.touched.stream()
			.anyMatch((service) -> service.name().equals(labels.path("application").asString("")));
	}

	boolean isAboutTouched(Message message) {
		return this.touched.stream().anyMatch((service) -> message.title().contains(service.name()));
	}

	/**
	 * Whether a message is one that this exercise causes, and says nothing else.
	 * @param message the message
	 * @return whether it is
	 */
	boolean isOwn(Message message) {
		if (message.status().equals("resolved")) {
			return this.expected.stream().anyMatch((one) -> one.isAllClear(message));
		}
		return this.expected.stream().anyMatch((one) -> one.isIn(message)) && Stream.of(Alert.values())
			.filter((alert) -> message.firing().contains(alert.summary()))
			.allMatch((alert) -> this.expected.stream().anyMatch((one) -> one.alert() == alert));
	}

	/**
	 * An alert that must come.
	 *
	 * @param alert the alert
	 * @param service the service that it is about, {@code null} if about none
	 * @param labels further labels that it must have
	 */
	record Expectation(Alert alert, @Nullable SampleService service, Map<String, String> labels) {

		String application() {
			return (this.service != null) ? this.service.name() : "";
		}

		String channel() {
			return (this.service != null) ? this.service.channel() : "#alerts";
		}

		String team() {
			return (this.service != null) ? this.service.team() : "platform";
		}

		boolean isOf(JsonNode labels) {
			return this.alert.label().equals(labels.path("alertname").asString(""))
					&& application().equals(labels.path("application").asString(""))
					&& this.labels.entrySet()
						.stream()
						.allMatch((label) -> label.getValue().equals(labels.path(label.getKey()).asString("")));
		}

		boolean isIn(Message message) {
			return message.isAbout("firing", application(), this.alert.summary());
		}

		// It says that nothing fires any more for the service, and need not name every
		// alert that is over.
		boolean isAllClear(Message message) {
			return (this.service != null)
					? message.status().equals("resolved") && message.title().contains(application())
					: message.isAbout("resolved", "", this.alert.summary());
		}

	}

}
