package io.flowforge.launcher.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.StackException;
import io.flowforge.launcher.layout.DataFolder;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.settings.Settings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stack that is up was brought up with. Until it is taken down, this is in force,
 * whatever the environment says by then.
 *
 * @param containers whether its parts run in containers
 * @param settings what was set, as variables
 * @param absent parts that this machine has no program for
 * @param speed how many times as fast as usual its alerting runs
 */
public record StackState(boolean containers, Map<String, String> settings, List<Part> absent, double speed) {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * Read the state of a stack.
	 * @param data its folder
	 * @return the state, if a stack is up or was not taken down
	 */
	public static Optional<StackState> read(DataFolder data) {
		if (!Files.exists(data.state())) {
			return Optional.empty();
		}
		try {
			return Optional.of(MAPPER.readValue(Files.readString(data.state()), StackState.class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JacksonException ex) {
			throw new StackException(
					"%s cannot be read, so nobody knows how the stack was started: 'make down' ends it."
						.formatted(data.state()),
					ex);
		}
	}

	public void write(DataFolder data) {
		DataFolder.write(data.state(), MAPPER.writeValueAsString(this));
	}

	public Settings toSettings() {
		return Settings.of(this.settings);
	}

	/**
	 * The parts of the stack.
	 * @return parts, in the order in which they need each other
	 */
	public List<Part> parts() {
		return Part.wantedBy(toSettings(), this.absent);
	}

	public StackState withSpeed(double speed) {
		return new StackState(this.containers, this.settings, this.absent, speed);
	}

}
