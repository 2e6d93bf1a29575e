// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Check;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A check is found by its id: {@code control-plane.version-min} is the class {@code VersionMin} of the package {@code controlplane}. A
 * class that makes several checks has a factory for each, named in the same way.
 */
class CatalogNamesTest {
    private static final List<Check> CHECKS = StandardCatalog.checks();

    @TestFactory
    Stream<DynamicTest> the_package_of_a_check_is_the_group_of_its_id() {
        return CHECKS.stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.id(),
                        () -> assertThat(check.getClass().getPackageName())
                                .isEqualTo(getClass().getPackageName() + "."
                                        + CheckIds.concern(check.id()).replace("-", ""))));
    }

    @TestFactory
    Stream<DynamicTest> the_class_or_the_factory_of_a_check_has_the_name_of_its_id() {
        return CHECKS.stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.id(), () -> assertThat(names(check.getClass())).contains(nameOf(check.id()))));
    }

    /** A factory named after one id that makes the check of another would pass the other tests. */
    @Test
    void a_factory_makes_the_check_that_it_is_named_after() throws Exception {
        for (Check check : CHECKS) {
            for (Method factory : factories(check.getClass()).toList()) {
                assertThat(nameOf(((Check) factory.invoke(null)).id()))
                        .isEqualTo(factory.getName().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static List<String> names(Class<?> check) {
        List<String> factories = factories(check).map(Method::getName).toList();
        return (factories.isEmpty() ? Stream.of(check.getSimpleName()) : factories.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Stream<Method> factories(Class<?> check) {
        return Arrays.stream(check.getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && Modifier.isPublic(m.getModifiers()))
                .filter(m -> m.getParameterCount() == 0 && m.getReturnType() == check);
    }

    /** Words of an id are parted by hyphens and dots; names of classes and methods by capitals, which not every id parts. */
    private static String nameOf(String id) {
        return id.substring(id.indexOf('.') + 1).replaceAll("[-.]", "");
    }
}
