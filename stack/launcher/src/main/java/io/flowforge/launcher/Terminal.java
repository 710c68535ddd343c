package io.flowforge.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * What a person sees while something takes long: a line for each step, which at a
 * terminal counts the seconds until the step is done.
 */
public final class Terminal {

	private static final int REDRAW_MILLIS = 200;

	/**
	 * Where lines cannot be drawn again, a step shows its news no more often than that.
	 */
	private static final long NEWS_NANOS = 10_000_000_000L;

	private static final String ERASE_LINE = "\r\033[K";

	private static final String UP = "\033[A";

	private final PrintStream out;

	private final boolean live;

	private final List<Step> running = new ArrayList<>();

	private int drawn;

	private final Timer timer = new Timer("progress", true);

	/**
	 * The terminal, or whatever is in its place.
	 * @param out where to print
	 * @param live whether lines can be drawn again
	 */
	public Terminal(PrintStream out, boolean live) {
		this.out = out;
		this.live = live;
		if (live) {
			this.timer.scheduleAtFixedRate(new TimerTask() {

				@Override
				public void run() {
					redraw();
				}

			}, REDRAW_MILLIS, REDRAW_MILLIS);
		}
	}

	public static Terminal ofThisProcess() {
		return new Terminal(System.out, System.console() != null && !"dumb".equals(System.getenv("TERM")));
	}

	/**
	 * Print a line.
	 * @param line the line
	 */
	public synchronized void say(String line) {
		erase();
		this.out.println(line);
		draw();
	}

	/**
	 * Begin a step.
	 * @param title what is being done
	 * @param hint how long it takes, or nothing
	 * @return the step
	 */
	public synchronized Step begin(String title, String hint) {
		Step step = new Step(title, hint);
		if (this.live) {
			this.running.add(step);
			redraw();
		}
		else if (!hint.isEmpty()) {
			this.out.println("  … %s (%s)".formatted(title, hint));
		}
		return step;
	}

	private synchronized void redraw() {
		erase();
		draw();
	}

	private void erase() {
		if (this.drawn > 0) {
			this.out.print(ERASE_LINE + (UP + ERASE_LINE).repeat(this.drawn));
			this.drawn = 0;
			this.out.flush();
		}
	}

	private void draw() {
		for (Step step : this.running) {
			this.out.println("  … %s, %s%s".formatted(step.title, step.seconds(),
					step.hint.isEmpty() ? "" : " (" + step.hint + ")"));
			this.drawn++;
		}
		this.out.flush();
	}

	private synchronized void showNews(Step step, String hint) {
		long now = System.nanoTime();
		if (!this.live && now - step.news >= NEWS_NANOS) {
			step.news = now;
			this.out
				.println("  … %s, %s%s".formatted(step.title, step.seconds(), hint.isEmpty() ? "" : " (" + hint + ")"));
		}
		step.hint = hint;
	}

	private synchronized void end(Step step, String mark, String result) {
		erase();
		this.running.remove(step);
		this.out.println(
				"  %s %-44s %8s%s".formatted(mark, step.title, step.seconds(), result.isEmpty() ? "" : "  " + result));
		draw();
	}

	/**
	 * Something that takes a while.
	 */
	public final class Step {

		private final String title;

		private String hint;

		private final long start = System.nanoTime();

		private long news = this.start;

		private Step(String title, String hint) {
			this.title = title;
			this.hint = hint;
		}

		/**
		 * Show something else beside the step.
		 * @param hint what is known by now, or nothing
		 */
		public void update(String hint) {
			showNews(this, hint);
		}

		public void done(String result) {
			end(this, Terminal.this.live ? "✓" : "ok", result);
		}

		public void failed(String reason) {
			end(this, Terminal.this.live ? "✗" : "FAILED", reason);
		}

		private String seconds() {
			return "%.1f s".formatted((System.nanoTime() - this.start) / 1e9);
		}

	}

}
