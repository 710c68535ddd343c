package io.flowforge.observability.benchmarks.history;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Writes a history into the storage of a Prometheus that has not been started yet.
 */
public final class Blocks {

	private Blocks() {
	}

	/**
	 * Write a history, a block at a time. Needs {@code promtool} on the PATH.
	 * @param folder where Prometheus is going to be started, with its storage in
	 * {@code data}
	 * @param history the series
	 * @param block how long a block is, in whole hours: as long as Prometheus itself
	 * would make it
	 * @param since when the history begins
	 * @param until when it ends
	 * @throws IOException if it cannot be written
	 * @throws InterruptedException if this thread is interrupted
	 */
	public static void write(Path folder, List<RecordedSeries> history, Duration block, Instant since, Instant until)
			throws IOException, InterruptedException {
		long length = block.toSeconds();
		for (long from = since.getEpochSecond() / length * length; from < until.getEpochSecond(); from += length) {
			Instant end = Instant.ofEpochSecond(Math.min(from + length, until.getEpochSecond()));
			writeBlock(folder, history, block, Instant.ofEpochSecond(from), end);
			System.err.printf("The history until %s is written%n", end);
		}
	}

	private static void writeBlock(Path folder, List<RecordedSeries> history, Duration block, Instant from,
			Instant until) throws IOException, InterruptedException {
		Path file = folder.resolve("history.txt");
		try (Writer text = Files.newBufferedWriter(file)) {
			for (RecordedSeries series : history) {
				series.write(text, from, until);
			}
			text.append("# EOF\n");
		}
		Path log = folder.resolve("promtool.log");
		Process promtool = new ProcessBuilder("promtool", "tsdb", "create-blocks-from", "--quiet",
				"--max-block-duration=" + block.toHours() + "h", "openmetrics", "history.txt", "data")
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		if (promtool.waitFor() != 0) {
			throw new IllegalStateException(Files.readString(log));
		}
		Files.delete(file);
	}

}
