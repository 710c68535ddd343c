package io.flowforge.observability.systemtests;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The whole catalogue for a person to watch, on a stack of its own that leaves nothing
 * behind.
 */
final class FullDrill {

	private final PrintStream out;

	private final Instant start = Instant.now();

	private final Path folder;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "clock");
		thread.setDaemon(true);
		return thread;
	});

	private Progress progress;

	private volatile @Nullable RunningStack stack;

	FullDrill(PrintStream out) {
		this.out = out;
		this.progress = new Progress(out, "starting");
		try {
			this.folder = Files.createTempDirectory("flowforge-drill");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Run the drill.
	 * @return whether all went as it should
	 */
	boolean run() {
		Thread interrupted = new Thread(this::end);
		Runtime.getRuntime().addShutdownHook(interrupted);
		try {
			this.clock.scheduleAtFixedRate(this::tick, 0, 200, TimeUnit.MILLISECONDS);
			this.stack = new RunningStack(this.folder, this::say);
			FireDrill drill = new FireDrill(this.stack, this::tell);
			int exercises = drill.exercises().size();
			say("Everything is up after %s s. There are %d exercises, several at a time; minutes are seconds."
				.formatted(Row.seconds(Duration.between(this.start, Instant.now())), exercises));
			show("drilling");
			drill.run();
			return conclude(drill);
		}
		finally {
			this.clock.shutdownNow();
			end();
			forget(interrupted);
		}
	}

	private static void forget(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// It is running.
		}
	}

	private boolean conclude(FireDrill drill) {
		List<String> unaccounted = drill.unaccounted();
		List<Row> rows = drill.exercises().stream().map((exercise) -> exercise.row().join()).toList();
		say("\n" + DrillTable.of(rows));
		List<String> wrong = new ArrayList<>();
		rows.forEach((row) -> row.wrong().forEach((what) -> wrong.add(row.name() + ": " + what + ".")));
		unaccounted.forEach((what) -> wrong.add(what + "."));
		wrong.forEach(this::say);
		long calm = drill.exercises().stream().filter(Exercise::isCalm).count();
		say("%d false alarms in %d calm cases. %d of %d rows are right. %s s in all.".formatted(unaccounted.size(),
				calm, rows.stream().filter((row) -> row.wrong().isEmpty()).count(), rows.size(),
				Row.seconds(Duration.between(this.start, Instant.now()))));
		if (!wrong.isEmpty()) {
			say("What each part had to say is in " + Path.of("target", "logs").toAbsolutePath());
		}
		return wrong.isEmpty();
	}

	private void tell(Row row) {
		if (!row.wrong().isEmpty()) {
			say("WRONG  %s: %s".formatted(row.name(), row.wrong()));
		}
		else if (row.expected().isEmpty()) {
			say("ok     %s: no alert, no message".formatted(row.name()));
		}
		else {
			say("ok     %s: %s to %s".formatted(row.name(), row.got(), row.to()) + after(", in Slack", row.slack())
					+ after(", by email", row.email()) + after(", all-clear", row.allClear()));
		}
	}

	private static String after(String what, @Nullable Duration time) {
		return (time != null) ? "%s after %s s".formatted(what, Row.seconds(time)) : "";
	}

	private synchronized void tick() {
		this.progress.show();
	}

	private synchronized void say(String line) {
		this.progress.done();
		this.out.println(line);
	}

	private synchronized void show(String what) {
		this.progress.done();
		this.progress = new Progress(this.out, what);
	}

	private void end() {
		RunningStack running = this.stack;
		if (running != null) {
			running.close();
		}
		try (Stream<Path> files = Files.walk(this.folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException | UncheckedIOException ex) {
			// Somebody else has deleted it.
		}
	}

}
