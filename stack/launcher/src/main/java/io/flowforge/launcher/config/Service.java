package io.flowforge.launcher.config;

/**
 * A service, as Prometheus knows it.
 *
 * @param environment its environment
 * @param application its {@code spring.application.name}
 */
public record Service(String environment, String application) implements Comparable<Service> {

	@Override
	public int compareTo(Service other) {
		int byEnvironment = this.environment.compareTo(other.environment);
		return (byEnvironment != 0) ? byEnvironment : this.application.compareTo(other.application);
	}

}
