package io.flowforge.observability.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.flowforge.observability.tracing.SuppressedWork;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of the poll. Indicators that answer at once share one; each that takes its
 * time has one to itself.
 */
final class HealthWorkers {

	private static final Duration PATIENCE = Duration.ofMillis(50);

	private final ExecutorService threads;

	HealthWorkers(Duration keepAlive) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("flowforge-health-");
		factory.setDaemon(true);
		// Once closed it takes nothing more, and nobody needs to hear of it.
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, keepAlive.toMillis(), TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), factory, new ThreadPoolExecutor.DiscardPolicy());
	}

	void execute(Runnable work) {
		this.threads.execute(work);
	}

	boolean isClosed() {
		return this.threads.isShutdown();
	}

	void close() {
		this.threads.shutdownNow();
	}

	/**
	 * Ask one question after another, but have none wait behind one that is slow.
	 * @param questions the questions
	 * @return those that have no answer yet
	 * @throws InterruptedException if polling has been stopped
	 */
	List<HealthProbe> ask(List<HealthProbe> questions) throws InterruptedException {
		Queue<HealthProbe> waiting = new ConcurrentLinkedQueue<>(questions);
		Runnable worker = SuppressedWork.of(() -> work(waiting));
		List<HealthProbe> slow = new ArrayList<>();
		this.threads.execute(worker);
		for (HealthProbe question : questions) {
			if (!question.awaitAnswer(PATIENCE)) {
				slow.add(question);
				if (!waiting.isEmpty()) {
					this.threads.execute(worker);
				}
			}
		}
		return slow;
	}

	private static void work(Queue<HealthProbe> waiting) {
		for (HealthProbe question = waiting.poll(); question != null; question = waiting.poll()) {
			question.run();
			// An interrupt that came too late is not meant for the next one.
			Thread.interrupted();
		}
	}

}
