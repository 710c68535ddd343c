package io.flowforge.observability.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Goes through a {@link Catalogue}: breaks something, waits until the owner is told,
 * heals it, waits for the all-clear, and accounts for every alert and every message there
 * was.
 */
final class FireDrill {

	/**
	 * Generous: the machine may have other things to do.
	 */
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Duration STEP = Duration.ofMillis(500);

	private static final String EMAIL = "on-call@flowforge.example";

	private static final Map<String, Predicate<Message>> WAYS = Map.of("Slack", Message::isSlack, "email",
			Message::isEmail);

	private final RunningStack stack;

	private final Catalogue catalogue;

	private final Consumer<Row> log;

	private final Instant start = Instant.now();

	/**
	 * Prepare the drill.
	 * @param stack the stack
	 * @param log is told of each exercise that is over
	 */
	FireDrill(RunningStack stack, Consumer<Row> log) {
		this.stack = stack;
		this.catalogue = new Catalogue(stack);
		this.log = log;
	}

	/**
	 * The exercises, in the order of the table.
	 * @return exercises
	 */
	List<Exercise> exercises() {
		return this.catalogue.all();
	}

	/**
	 * Do all exercises.
	 */
	void run() {
		ExecutorService lanes = Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "lane");
			thread.setDaemon(true);
			return thread;
		});
		try {
			CompletableFuture
				.allOf(this.catalogue.lanes()
					.stream()
					.map((lane) -> CompletableFuture.runAsync(() -> lane.forEach(this::conduct), lanes))
					.toArray(CompletableFuture[]::new))
				.join();
			this.catalogue.alone().forEach(this::conduct);
		}
		finally {
			lanes.shutdownNow();
		}
	}

	private void conduct(Exercise exercise) {
		if (exercise.predecessor() != null) {
			exercise.predecessor().row().join();
		}
		Course course = new Course(exercise);
		exercise.begin();
		try {
			course.run();
		}
		catch (RuntimeException | AssertionError ex) {
			course.wrong.add((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			course.healAnyway();
		}
		exercise.end();
		Row row = course.row();
		this.log.accept(row);
		exercise.row().complete(row);
	}

	/**
	 * What no exercise accounts for, all in all.
	 * @return sentences, none if all is well
	 */
	List<String> unaccounted() {
		List<String> unaccounted = new ArrayList<>();
		for (Firing firing : firing(this.start, Instant.now())) {
			if (firing.isWatchdog()) {
				continue;
			}
			firing.times()
				.stream()
				.filter((time) -> exercises().stream()
					.noneMatch((exercise) -> exercise.isDuring(time) && exercise.isOwn(firing.labels())))
				.findFirst()
				.ifPresent((time) -> unaccounted.add("Nobody expected %s, firing %s s after the start".formatted(firing,
						Row.seconds(Duration.between(this.start, time)))));
		}
		for (Message message : this.stack.inbox().all()) {
			if (exercises().stream()
				.noneMatch((exercise) -> exercise.isDuring(message.receivedAt()) && exercise.isOwn(message))) {
				unaccounted.add("Nobody expected the message \"%s\" by %s, %s s after the start: %s".formatted(
						message.title(), message.via(), Row.seconds(Duration.between(this.start, message.receivedAt())),
						message.text()));
			}
		}
		exercises().stream().filter((exercise) -> !exercise.isCalm()).forEach((exercise) -> {
			for (Map.Entry<String, Predicate<Message>> way : WAYS.entrySet()) {
				unaccounted.addAll(tooManyMessages(exercise, way.getKey(), way.getValue()));
			}
		});
		return unaccounted;
	}

	// What begins and ends apart from the rest of its group is a message of its own.
	private List<String> tooManyMessages(Exercise exercise, String name, Predicate<Message> way) {
		List<String> tooMany = new ArrayList<>();
		long groups = exercise.expected().stream().map(Exercise.Expectation::application).distinct().count();
		long alerts = exercise.expected().size();
		Map<String, Long> limits = Map.of("firing", groups + 2 * (alerts - groups), "resolved", groups);
		limits.forEach((status, limit) -> {
			long messages = this.stack.inbox()
				.all()
				.stream()
				.filter((message) -> exercise.isDuring(message.receivedAt()) && message.status().equals(status)
						&& exercise.isOwn(message) && way.test(message) && !message.repeatsWhatIsOver())
				.count();
			if (messages > limit) {
				tooMany.add("%s: %d messages \"%s\" by %s, not %d at most".formatted(exercise.name(), messages, status,
						name, limit));
			}
		});
		return tooMany;
	}

	private List<Firing> firing(Instant from, Instant to) {
		return this.stack.queryRange("ALERTS{alertstate=\"firing\"}", from, to, STEP)
			.map((series) -> new Firing(series.path("metric"),
					series.path("values")
						.valueStream()
						.map((value) -> Instant.ofEpochMilli(Math.round(value.path(0).doubleValue() * 1000)))
						.toList()))
			.toList();
	}

	private static Duration longer(Duration left, Duration right) {
		return (left.compareTo(right) > 0) ? left : right;
	}

	static void watch(Duration time) {
		Instant start = Instant.now();
		Waiting.until("the end of the watch", LIMIT,
				() -> Optional.of(true).filter((passed) -> Duration.between(start, Instant.now()).compareTo(time) > 0),
				Waiting.SILENTLY);
	}

	/**
	 * An alert that fired, according to Prometheus.
	 *
	 * @param labels its labels
	 * @param times when it was seen to
	 */
	private record Firing(JsonNode labels, List<Instant> times) {

		String label(String name) {
			return this.labels.path(name).asString("");
		}

		boolean isWatchdog() {
			return label("alertname").equals(Alert.WATCHDOG.label());
		}

		String alert() {
			return label("alertname").replace("FlowForge", "");
		}

		@Override
		public String toString() {
			return label("alertname") + " of " + label("application") + label("component") + label("instance");
		}

	}

	/**
	 * The course of one exercise.
	 */
	private final class Course {

		private final Exercise exercise;

		private final List<String> wrong = new ArrayList<>();

		private final Map<String, Duration> told = new LinkedHashMap<>();

		private final List<Message> messages = new ArrayList<>();

		private Duration allClear;

		private boolean healed;

		Course(Exercise exercise) {
			this.exercise = exercise;
		}

		void run() {
			Instant broken = Instant.now();
			if (this.exercise.isByTheSwitchOnly()) {
				Waiting.until("the dead man's switch hearing of it", LIMIT,
						() -> Optional.of(FireDrill.this.stack.inboxPage())
							.filter((page) -> page.contains("Watchdog last heard 0 s ago")),
						Waiting.SILENTLY);
				return;
			}
			this.exercise.breakIt();
			if (this.exercise.isCalm()) {
				watch(this.exercise.watch());
				return;
			}
			ways().forEach((name, way) -> this.exercise.expected().forEach((expectation) -> {
				Message message = awaitAlert(expectation, name, way, broken);
				this.messages.add(message);
				this.told.merge(name, Duration.between(broken, message.receivedAt()), FireDrill::longer);
			}));
			// Of two signals or components, one message may tell before the other fires.
			Waiting.until("all alerts of \"%s\"".formatted(this.exercise.name()), LIMIT,
					() -> Optional.of(FireDrill.this.stack.query("ALERTS{alertstate=\"firing\"}").toList())
						.filter((alerts) -> this.exercise.expected()
							.stream()
							.allMatch((one) -> alerts.stream().anyMatch((alert) -> one.isOf(alert.path("metric"))))),
					Waiting.SILENTLY);
			this.exercise.meanwhile().forEach(FireDrill.this::conduct);
			Instant healed = Instant.now();
			heal();
			WAYS.forEach((name, way) -> this.exercise.expected()
				.stream()
				.collect(Collectors.groupingBy(Exercise.Expectation::application))
				.forEach((application, expectations) -> {
					Message message = awaitAllClear(expectations, name, way, healed);
					this.allClear = longer((this.allClear != null) ? this.allClear : Duration.ZERO,
							Duration.between(healed, message.receivedAt()));
				}));
			Waiting.until("the end of all alerts of \"%s\"".formatted(this.exercise.name()), LIMIT,
					() -> Optional.of(true)
						.filter((yes) -> FireDrill.this.stack.query("ALERTS{alertstate=\"firing\"}")
							.noneMatch((alert) -> this.exercise.isOwn(alert.path("metric")))),
					Waiting.SILENTLY);
		}

		private Map<String, Predicate<Message>> ways() {
			return this.exercise.isByEmailOnly() ? Map.of("email", Message::isEmail) : WAYS;
		}

		private Message awaitAlert(Exercise.Expectation expectation, String name, Predicate<Message> way,
				Instant since) {
			return await("%s of %s by %s".formatted(expectation.alert().label(), expectation.application(), name),
					since, way.and(expectation::isIn));
		}

		private Message awaitAllClear(List<Exercise.Expectation> expectations, String name, Predicate<Message> way,
				Instant since) {
			return await(
					"the all-clear of %s by %s"
						.formatted(expectations.stream().map((one) -> one.alert().label()).toList(), name),
					since,
					(message) -> way.test(message) && expectations.stream().anyMatch((one) -> one.isAllClear(message)));
		}

		private Message await(String what, Instant since, Predicate<Message> wanted) {
			return Waiting.until(what, LIMIT,
					() -> FireDrill.this.stack.inbox()
						.all()
						.stream()
						.filter((message) -> message.receivedAt().isAfter(since) && wanted.test(message))
						.findFirst(),
					Waiting.SILENTLY);
		}

		private void heal() {
			this.healed = true;
			this.exercise.healIt();
		}

		void healAnyway() {
			if (!this.healed) {
				try {
					heal();
				}
				catch (RuntimeException ex) {
					this.wrong.add("It cannot be healed: " + ex.getMessage());
				}
			}
			this.exercise.meanwhile()
				.stream()
				.filter((other) -> !other.row().isDone())
				.forEach((other) -> other.row()
					.complete(new Row(other.name(), "", "", "", "", null, null, null,
							List.of("It was not done: " + this.exercise.name() + " went wrong before"), List.of())));
		}

		Row row() {
			List<Firing> got = firing(this.exercise.began(), Instant.now()).stream()
				.filter((firing) -> !this.exercise.isInhibited(firing.labels()))
				.filter((firing) -> this.exercise.isOwn(firing.labels()) || isStrange(firing))
				.toList();
			Set<String> names = new TreeSet<>();
			got.forEach((firing) -> names.add(firing.alert()));
			Set<String> expected = new TreeSet<>();
			this.exercise.expected().forEach((one) -> expected.add(one.alert().label().replace("FlowForge", "")));
			if (!names.equals(expected)) {
				this.wrong.add("Firing was " + names);
			}
			if (this.exercise.isCalm()) {
				FireDrill.this.stack.inbox()
					.all()
					.stream()
					.filter((message) -> this.exercise.isDuring(message.receivedAt())
							&& this.exercise.isAboutTouched(message))
					.forEach((message) -> this.wrong.add("There was a message: " + message.title()));
			}
			Set<String> severities = got.stream()
				.map((firing) -> firing.label("severity"))
				.collect(Collectors.toCollection(LinkedHashSet::new));
			Set<String> due = this.exercise.expected()
				.stream()
				.map((one) -> one.alert().severity())
				.collect(Collectors.toSet());
			if (!severities.equals(due)) {
				this.wrong.add("The severity is " + severities);
			}
			return new Row(this.exercise.name(), String.join(", ", expected), String.join(", ", names),
					String.join(", ", severities), addressees(), this.told.get("Slack"), this.told.get("email"),
					this.allClear, this.wrong, this.messages);
		}

		// Of a service that this exercise is about, and of no other exercise either.
		private boolean isStrange(Firing firing) {
			return this.exercise.isAboutTouched(firing.labels()) && firing.times()
				.stream()
				.anyMatch((time) -> this.exercise.isDuring(time) && exercises().stream()
					.noneMatch((other) -> other.isDuring(time) && other.isOwn(firing.labels())));
		}

		private String addressees() {
			if (this.exercise.isByTheSwitchOnly()) {
				return "dead man's switch";
			}
			Set<String> due = this.exercise.expected()
				.stream()
				.flatMap((one) -> this.exercise.isByEmailOnly() ? Stream.of(EMAIL) : Stream.of(one.channel(), EMAIL))
				.collect(Collectors.toCollection(LinkedHashSet::new));
			Set<String> actual = new LinkedHashSet<>();
			for (Message message : this.messages) {
				if (message.channel() != null) {
					actual.add(message.channel());
				}
			}
			this.messages.forEach((message) -> actual.addAll(message.recipients()));
			if (!actual.equals(due) && this.wrong.isEmpty()) {
				this.wrong.add("%s were told, and not %s".formatted(actual, due));
			}
			return String.join(", ", actual);
		}

	}

}
