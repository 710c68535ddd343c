package io.flowforge.drill.scenario;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.flowforge.drill.server.Sample;

/**
 * Instances that are killed, and others that replace them. Those start at once, but get
 * traffic and are scraped only when the service is restored.
 */
final class Replacement {

	private final SampleService service;

	private final int instances;

	private List<Sample> left = List.of();

	private List<CompletableFuture<Sample>> fresh = List.of();

	Replacement(SampleService service, int instances) {
		this.service = service;
		this.instances = instances;
	}

	void kill() {
		List<Sample> all = this.service.instances();
		this.left = all.subList(this.instances, all.size());
		this.service.balance(this.left);
		all.subList(0, this.instances).forEach(Sample::kill);
		this.fresh = Stream.generate(() -> CompletableFuture.supplyAsync(this.service::launch, Replacement::inThread))
			.limit(this.instances)
			.toList();
	}

	void use() {
		this.service.use(Stream.concat(this.left.stream(), this.fresh.stream().map(CompletableFuture::join)).toList());
	}

	private static void inThread(Runnable work) {
		Thread thread = new Thread(work, "replacement");
		thread.setDaemon(true);
		thread.start();
	}

}
