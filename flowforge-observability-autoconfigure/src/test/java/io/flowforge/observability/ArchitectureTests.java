package io.flowforge.observability;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The whole rule of the library's packages: one per concern, none imports another, all
 * may import {@code service}.
 */
@AnalyzeClasses(packages = "io.flowforge.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final DescribedPredicate<JavaClass> IN_SERVICE = JavaClass.Predicates
		.resideInAPackage("io.flowforge.observability.service");

	@ArchTest
	final ArchRule noConcernImportsAnother = SlicesRuleDefinition.slices()
		.matching("io.flowforge.observability.(*)..")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(DescribedPredicate.alwaysTrue(), IN_SERVICE);

	@ArchTest
	final ArchRule theGroundFloorImportsNoConcern = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("io.flowforge.observability.service")
		.should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.flowforge.observability..")
			.and(DescribedPredicate.not(IN_SERVICE)));

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
