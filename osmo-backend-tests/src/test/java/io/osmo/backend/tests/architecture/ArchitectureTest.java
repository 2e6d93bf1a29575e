// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** All rules that read classes, in one place: reading them takes ten seconds in each JVM that does. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ProductionCode.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchTests MODULES = ArchTests.in(ModuleRules.class);

    @ArchTest
    static final ArchTests PUBLIC_TYPES = ArchTests.in(PublicTypeRules.class);

    @ArchTest
    static final ArchTests PUBLISHED_API = ArchTests.in(PublishedApiRules.class);
}
