package io.flowforge.launcher.build;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import io.flowforge.launcher.process.Programs;

/**
 * The programs without which there are no alerts: Prometheus, Alertmanager, and the tools
 * that check their configuration.
 */
public final class Installation {

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final Repository repository;

	public Installation(Repository repository) {
		this.repository = repository;
	}

	public boolean isComplete() {
		return Stream.of("prometheus", "promtool", "amtool").allMatch((name) -> Programs.find(name).isPresent())
				&& Programs.find("alertmanager", "prometheus-alertmanager").isPresent();
	}

	/**
	 * Install what is missing, where this machine lets us.
	 * @throws StackException if it does not, with what to install
	 */
	public void complete() {
		Programs.Result result = Programs.run(this.repository.root(), Map.of(), "", TIMEOUT,
				List.of(this.repository.file("stack/install").toString()));
		if (!result.isSuccess()) {
			throw new StackException(result.output().strip());
		}
	}

}
