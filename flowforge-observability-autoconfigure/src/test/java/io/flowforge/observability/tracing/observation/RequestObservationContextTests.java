package io.flowforge.observability.tracing.observation;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The key-values of a request are the same as in Micrometer's context, whatever is done
 * with them.
 */
class RequestObservationContextTests {

	private static final KeyValues FIRST = KeyValues.of("method", "GET", "status", "200");

	static final List<Consumer<Observation.Context>> CHANGES = List.of((context) -> {
	}, (context) -> context.addLowCardinalityKeyValues(FIRST),
			(context) -> context.addLowCardinalityKeyValues(FIRST)
				.addLowCardinalityKeyValues(KeyValues.of("method", "PUT", "status", "500")),
			(context) -> context.addLowCardinalityKeyValues(FIRST)
				.addLowCardinalityKeyValue(KeyValue.of("tenant", "a"))
				.addLowCardinalityKeyValues(KeyValues.of("method", "PUT", "status", "500")),
			(context) -> context.addLowCardinalityKeyValues(FIRST)
				.addLowCardinalityKeyValues(KeyValues.of("status", "404", "uri", "/")),
			(context) -> context.addLowCardinalityKeyValues(FIRST).addLowCardinalityKeyValues(KeyValues.empty()),
			(context) -> context.addLowCardinalityKeyValues(FIRST).addLowCardinalityKeyValues(KeyValues.of("a", "b")),
			(context) -> context.addLowCardinalityKeyValues(FIRST).removeLowCardinalityKeyValue("method"),
			(context) -> context.addLowCardinalityKeyValues(FIRST)
				.removeLowCardinalityKeyValues("method", "status", "other"),
			(context) -> context.addHighCardinalityKeyValues(FIRST)
				.addHighCardinalityKeyValue(KeyValue.of("status", "201"))
				.addHighCardinalityKeyValue(KeyValue.of("user", "u-1")),
			(context) -> context.addHighCardinalityKeyValues(FIRST)
				.addLowCardinalityKeyValue(KeyValue.of("status", "500")),
			(context) -> context.addHighCardinalityKeyValues(FIRST).removeHighCardinalityKeyValue("status"),
			(context) -> context.addHighCardinalityKeyValues(FIRST).removeHighCardinalityKeyValues("method", "other"));

	@ParameterizedTest
	@FieldSource("CHANGES")
	void keyValuesAreThoseOfMicrometer(Consumer<Observation.Context> change) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		MockHttpServletResponse response = new MockHttpServletResponse();
		Observation.Context ours = new RequestObservationContext(request, response);
		Observation.Context springs = new ServerRequestObservationContext(request, response);
		change.accept(ours);
		change.accept(springs);
		assertThat(ours.getLowCardinalityKeyValues()).isEqualTo(springs.getLowCardinalityKeyValues());
		assertThat(ours.getHighCardinalityKeyValues()).isEqualTo(springs.getHighCardinalityKeyValues());
		assertThat(ours.getAllKeyValues()).isEqualTo(springs.getAllKeyValues());
		assertThat(Stream.of("method", "status", "tenant", "user", "other")).allSatisfy((key) -> {
			assertThat(ours.getLowCardinalityKeyValue(key)).isEqualTo(springs.getLowCardinalityKeyValue(key));
			assertThat(ours.getHighCardinalityKeyValue(key)).isEqualTo(springs.getHighCardinalityKeyValue(key));
		});
	}

}
