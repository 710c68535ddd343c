package io.flowforge.drill;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.Terminal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link Restoration}.
 */
class RestorationTests {

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final Restoration restoration = new Restoration(
			new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false));

	private final List<String> events = new ArrayList<>();

	@Test
	void undoesInReverseOrder() {
		this.restoration.change(() -> this.events.add("fast"), () -> this.events.add("normal"));
		this.restoration.change(() -> this.events.add("broken"), () -> this.events.add("restored"));
		this.restoration.close();
		assertThat(this.events).containsExactly("fast", "broken", "restored", "normal");
	}

	@Test
	void undoesWhatFailedHalfWay() {
		assertThatIllegalStateException().isThrownBy(() -> this.restoration.change(() -> {
			throw new IllegalStateException("half-way");
		}, () -> this.events.add("restored")));
		this.restoration.close();
		assertThat(this.events).containsExactly("restored");
	}

	@Test
	void undoesTheRestWhereOneFails() {
		this.restoration.change(() -> {
		}, () -> this.events.add("normal"));
		this.restoration.change(() -> {
		}, () -> {
			throw new IllegalStateException("orders-service does not answer");
		});
		this.restoration.close();
		assertThat(this.events).containsExactly("normal");
		assertThat(this.printed.toString(StandardCharsets.UTF_8)).isEqualTo("orders-service does not answer\n");
	}

	@Test
	void changesNothingAfterTheEnd() {
		this.restoration.close();
		assertThatThrownBy(() -> this.restoration.change(() -> this.events.add("fast"), () -> {
		})).isInstanceOf(StackException.class);
		assertThat(this.events).isEmpty();
	}

}
