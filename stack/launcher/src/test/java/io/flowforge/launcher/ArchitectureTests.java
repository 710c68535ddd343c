package io.flowforge.launcher;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * The launcher is built in layers, and each uses only those below it: see
 * {@code CONTRIBUTING.md}.
 */
@AnalyzeClasses(packages = "io.flowforge.launcher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.flowforge.launcher";

	@ArchTest
	final ArchRule arrowsRunDown = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("commands")
		.definedBy(ROOT + ".command")
		.layer("what they do to a stack")
		.definedBy(ROOT + ".watch", ROOT + ".slack")
		.layer("runtime")
		.definedBy(ROOT + ".runtime")
		.layer("what a stack needs")
		.definedBy(ROOT + ".config", ROOT + ".build")
		.layer("layout")
		.definedBy(ROOT + ".layout")
		.layer("ground")
		.definedBy(ROOT + ".process", ROOT + ".settings")
		.whereLayer("commands")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("what they do to a stack")
		.mayOnlyBeAccessedByLayers("commands")
		.whereLayer("runtime")
		.mayOnlyBeAccessedByLayers("commands", "what they do to a stack")
		.whereLayer("what a stack needs")
		.mayOnlyAccessLayers("layout", "ground")
		.whereLayer("layout")
		.mayOnlyAccessLayers("ground")
		.whereLayer("ground")
		.mayNotAccessAnyLayer();

	@ArchTest
	final ArchRule noPackagesDependOnEachOther = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(*)")
		.should()
		.beFreeOfCycles();

}
