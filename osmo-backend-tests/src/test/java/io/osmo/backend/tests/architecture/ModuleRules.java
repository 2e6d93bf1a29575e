// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The arrows between modules and between packages point one way. */
class ModuleRules {
    @ArchTest
    static final ArchRule modules_depend_in_one_direction = arrows();

    @ArchTest
    static final ArchRule the_api_knows_no_cluster_client_and_no_cloud = noClasses()
            .that(Modules.module("api"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "software.amazon..", "com.google.cloud..", "com.azure..");

    @ArchTest
    static final ArchRule verification_knows_no_cloud = noClasses()
            .that(Modules.module("verify").or(Modules.module("kubernetes")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.google.cloud..", "com.azure..");

    @ArchTest
    static final ArchRule internal_packages_stay_inside_their_module = classes()
            .should(new ArchCondition<>("use internal packages of their own module only") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass().getBaseComponentType();
                        if (Modules.isInternal(target)
                                && !Modules.moduleOf(target).equals(Modules.moduleOf(type))) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule packages_form_no_cycles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles()
            // A published type is the face of internal ones: that arrow is meant, and every other counts.
            .ignoreDependency(
                    DescribedPredicate.describe("published", type -> !Modules.isInternal(type)),
                    DescribedPredicate.describe("internal", Modules::isInternal));

    private static LayeredArchitecture arrows() {
        LayeredArchitecture arrows = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy(Modules.module("api"))
                .layer("kubernetes")
                .definedBy(Modules.module("kubernetes"))
                .layer("verify")
                .definedBy(Modules.module("verify"))
                .layer("helm")
                .definedBy(Modules.module("helm"))
                .layer("micrometer")
                .definedBy(Modules.module("micrometer"))
                .layer("opentelemetry")
                .definedBy(Modules.module("opentelemetry"))
                .layer("testkit")
                .definedBy(Modules.module("testkit"));
        for (String provider : Modules.PROVIDERS) {
            arrows = arrows.layer(provider)
                    .definedBy(Modules.module(provider))
                    .whereLayer(provider)
                    .mayOnlyAccessLayers("api", "kubernetes");
        }
        String[] all = new String[Modules.PROVIDERS.size() + 3];
        Modules.PROVIDERS.toArray(all);
        all[all.length - 3] = "api";
        all[all.length - 2] = "kubernetes";
        all[all.length - 1] = "verify";
        return arrows.whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("kubernetes")
                .mayOnlyAccessLayers("api")
                .whereLayer("verify")
                .mayOnlyAccessLayers("api", "kubernetes")
                .whereLayer("helm")
                .mayOnlyAccessLayers("api", "kubernetes")
                .whereLayer("micrometer")
                .mayOnlyAccessLayers("api")
                .whereLayer("opentelemetry")
                .mayOnlyAccessLayers("api")
                .whereLayer("testkit")
                .mayOnlyAccessLayers(all);
    }
}
