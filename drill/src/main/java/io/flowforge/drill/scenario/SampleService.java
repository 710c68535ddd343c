package io.flowforge.drill.scenario;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import io.flowforge.drill.message.Subject;
import io.flowforge.drill.server.Sample;
import io.flowforge.drill.server.Traffic;

/**
 * A service with its instances: those that run, those that get traffic, and those that
 * Prometheus scrapes.
 */
public final class SampleService implements AutoCloseable {

	private final Subject subject;

	private final BiFunction<Integer, List<String>, Sample> launcher;

	private final Consumer<Collection<Sample>> discovery;

	private final AtomicInteger launched = new AtomicInteger();

	private final AtomicInteger sent = new AtomicInteger();

	private final List<Sample> running = new CopyOnWriteArrayList<>();

	private final Traffic traffic;

	private volatile List<Sample> balanced = List.of();

	private volatile Function<Sample, HttpRequest> request;

	/**
	 * Prepare a service without instances.
	 * @param subject its name and its owner
	 * @param launcher starts an instance, which is given a number and further arguments
	 * @param discovery makes the instances targets of Prometheus
	 * @param request the request to an instance
	 * @param perSecond requests per second
	 */
	SampleService(Subject subject, BiFunction<Integer, List<String>, Sample> launcher,
			Consumer<Collection<Sample>> discovery, Function<Sample, HttpRequest> request, int perSecond) {
		this.subject = subject;
		this.launcher = launcher;
		this.discovery = discovery;
		this.request = request;
		this.traffic = new Traffic(this::nextRequest, perSecond);
	}

	public String name() {
		return this.subject.name();
	}

	/**
	 * What alerts about this service are about.
	 * @return its name and its owner
	 */
	Subject subject() {
		return this.subject;
	}

	Traffic traffic() {
		return this.traffic;
	}

	void ask(Function<Sample, HttpRequest> request) {
		this.request = request;
	}

	/**
	 * The instances that get traffic.
	 * @return instances
	 */
	List<Sample> instances() {
		return this.balanced;
	}

	Sample instance() {
		return this.balanced.get(0);
	}

	/**
	 * Start one more instance and wait until it is healthy. It gets no traffic yet and is
	 * not scraped.
	 * @param arguments what it is started with, beside what its service is
	 * @return the instance
	 */
	Sample launch(String... arguments) {
		Sample sample = this.launcher.apply(this.launched.incrementAndGet(), List.of(arguments));
		this.running.add(sample);
		return sample;
	}

	/**
	 * Send traffic to these instances only, and have Prometheus scrape them only.
	 * @param instances the instances
	 */
	void use(Collection<Sample> instances) {
		balance(instances);
		this.discovery.accept(instances);
	}

	void balance(Collection<Sample> instances) {
		this.balanced = List.copyOf(instances);
	}

	/**
	 * Remove the service from discovery. It continues to work.
	 */
	void hide() {
		this.discovery.accept(List.of());
	}

	/**
	 * Replace an instance that gets traffic by another.
	 * @param old the one
	 * @param fresh the other
	 */
	void replace(Sample old, Sample fresh) {
		List<Sample> instances = new ArrayList<>(this.balanced);
		instances.set(instances.indexOf(old), fresh);
		use(instances);
	}

	private Optional<HttpRequest> nextRequest() {
		List<Sample> instances = this.balanced;
		if (instances.isEmpty()) {
			return Optional.empty();
		}
		Sample next = instances.get(Math.floorMod(this.sent.getAndIncrement(), instances.size()));
		return Optional.of(this.request.apply(next));
	}

	@Override
	public void close() {
		this.traffic.close();
		this.running.forEach(Sample::close);
	}

}
