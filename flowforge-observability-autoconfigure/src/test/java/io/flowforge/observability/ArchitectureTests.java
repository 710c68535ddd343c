package io.flowforge.observability;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The library is built in layers, and each uses only those below it. The drawing is in
 * {@code docs/architecture.md}.
 */
@AnalyzeClasses(packages = "io.flowforge.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.flowforge.observability";

	@ArchTest
	final ArchRule arrowsRunDown = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.layer("endpoint")
		.definedBy(ROOT + ".endpoint..")
		.layer("web")
		.definedBy(ROOT + ".web..")
		.layer("health")
		.definedBy(ROOT + ".health..")
		.layer("logging")
		.definedBy(ROOT + ".logging..")
		.layer("tracing")
		.definedBy(ROOT + ".tracing..")
		.layer("export")
		.definedBy(ROOT + ".export..")
		.layer("redaction")
		.definedBy(ROOT + ".redaction..")
		.layer("identity")
		.definedBy(ROOT + ".identity..")
		.layer("limits")
		.definedBy(ROOT + ".limits..")
		.layer("settings")
		.definedBy(ROOT + ".settings..")
		.layer("API")
		.definedBy(ROOT)
		.whereLayer("endpoint")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("web")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("health")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("logging")
		.mayOnlyBeAccessedByLayers("endpoint")
		.whereLayer("tracing")
		.mayOnlyBeAccessedByLayers("endpoint", "web", "health")
		.whereLayer("export")
		.mayOnlyBeAccessedByLayers("endpoint", "tracing", "logging")
		.whereLayer("API")
		.mayNotAccessAnyLayer()
		.whereLayer("settings")
		.mayOnlyAccessLayers("API")
		.whereLayer("limits")
		.mayOnlyAccessLayers("API", "settings")
		.whereLayer("identity")
		.mayOnlyAccessLayers("API", "settings", "limits")
		.whereLayer("redaction")
		.mayOnlyAccessLayers("API", "settings")
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	final ArchRule noPackagesDependOnEachOther = SlicesRuleDefinition.slices()
		.matching(ROOT + ".(**)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule autoConfigurationsArePublicAndFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule propertiesLiveUnderOnePrefix = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.beAnnotatedWith(DescribedPredicate.describe("a prefix below flowforge.observability",
				(annotation) -> annotation.tryGetExplicitlyDeclaredProperty("value")
					.filter((prefix) -> prefix.toString().startsWith("flowforge.observability"))
					.isPresent()));

	@ArchTest
	final ArchRule everyPackageIsNullMarked = ArchRuleDefinition.classes()
		.that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

}
