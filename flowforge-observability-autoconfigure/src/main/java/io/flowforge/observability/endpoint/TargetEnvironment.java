package io.flowforge.observability.endpoint;

import java.util.List;
import java.util.regex.Pattern;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Compares the environment of the service's target with that of its telemetry. Prometheus
 * sends the label of the target along if a relabelling copies it to
 * {@code __param_environment}: each scrape asks for
 * {@code /actuator/prometheus?environment=<label>}. An {@link OperationInvokerAdvisor}
 * sees this parameter on every port, below every path and behind every access check, and
 * does nothing to other requests.
 */
final class TargetEnvironment implements OperationInvokerAdvisor, Findings {

	private static final EndpointId PROMETHEUS = EndpointId.of("prometheus");

	private static final String PARAMETER = "environment";

	// Anybody who may scrape can send anything. What is kept is shown as it is.
	private static final Pattern PLAUSIBLE = Pattern.compile("[\\p{L}\\p{N}._:/@+ -]{1,100}");

	private final String telemetry;

	private volatile @Nullable String target;

	TargetEnvironment(String telemetry) {
		this.telemetry = telemetry;
	}

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpointId.equals(PROMETHEUS)) {
			return invoker;
		}
		return (context) -> {
			remember(context.getArguments().get(PARAMETER));
			return invoker.invoke(context);
		};
	}

	private void remember(@Nullable Object argument) {
		if (argument instanceof String environment && PLAUSIBLE.matcher(environment).matches()) {
			this.target = environment;
		}
	}

	@Override
	public List<Finding> find() {
		String environment = this.target;
		if (environment == null || environment.equals(this.telemetry)) {
			return List.of();
		}
		return List.of(new Finding("flowforge.observability.service.environment",
				"""
						Prometheus scrapes this service as environment "%1$s", but its traces and logs say "%2$s": links in alerts \
						lead nowhere. Set this property to "%1$s", or the label environment of the target to "%2$s"."""
					.formatted(environment, this.telemetry)));
	}

}
