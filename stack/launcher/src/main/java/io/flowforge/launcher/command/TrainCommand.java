package io.flowforge.launcher.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.flowforge.launcher.build.SpringBootJar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "train", hidden = true, description = "Makes class data archives of extracted jars.")
final class TrainCommand implements Callable<Integer> {

	@Parameters(paramLabel = "JAR", arity = "1..*")
	private List<Path> jars = List.of();

	// Not the next one if one fails: 'make down' may have ended it.
	@Override
	public Integer call() {
		this.jars.forEach(SpringBootJar::train);
		return 0;
	}

}
