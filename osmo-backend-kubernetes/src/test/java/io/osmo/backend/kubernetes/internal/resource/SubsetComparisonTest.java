// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.kubernetes.internal.resource.SubsetComparison.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubsetComparisonTest {
    private static List<Difference> compare(Map<String, Object> wanted, Map<String, Object> live) {
        return SubsetComparison.differences(wanted, live, field -> false);
    }

    @Test
    void what_is_not_wanted_is_not_compared() {
        assertThat(compare(Map.of("a", 1), Map.of("a", 1, "b", 2))).isEmpty();
    }

    @Test
    void a_missing_and_a_different_field_are_named_with_their_paths() {
        assertThat(compare(
                        Map.of("spec", Map.of("a", 1, "b", "x"), "labels", Map.of("example.com/c", "y")),
                        Map.of("spec", Map.of("a", 2))))
                .containsExactly(
                        new Difference("labels", "(none)", "{example.com/c=y}"),
                        new Difference("spec.a", "2", "1"),
                        new Difference("spec.b", "(none)", "x"));
    }

    @Test
    void what_the_server_leaves_out_since_it_means_nothing_is_no_difference() {
        assertThat(compare(Map.of("value", "", "globalDefault", false, "minReadySeconds", 0), Map.of()))
                .isEmpty();
        assertThat(compare(
                        Map.of("value", "", "automountServiceAccountToken", false, "minReadySeconds", 0),
                        Map.of("value", "x", "minReadySeconds", 5)))
                .extracting(Difference::field)
                .containsExactly("automountServiceAccountToken", "minReadySeconds", "value");
    }

    @Test
    void keys_with_dots_and_slashes_stand_in_brackets() {
        assertThat(compare(Map.of("labels", Map.of("example.com/c", "y")), Map.of("labels", Map.of("d", "z"))))
                .containsExactly(new Difference("labels[example.com/c]", "(none)", "y"));
    }

    @Test
    void an_exact_field_may_not_hold_more_than_is_wanted() {
        assertThat(SubsetComparison.differences(
                        Map.of("parameters", Map.of("type", "gp3")),
                        Map.of("parameters", Map.of("type", "gp3", "iops", "9")),
                        "parameters"::equals))
                .containsExactly(new Difference("parameters.iops", "9", "(none)"));
    }

    @Test
    void containers_are_found_by_name_and_may_have_company() {
        Map<String, Object> wanted = Map.of("containers", List.of(Map.of("name", "a", "image", "i:2")));
        Map<String, Object> live = Map.of(
                "containers",
                List.of(Map.of("name", "sidecar", "image", "s"), Map.of("name", "a", "image", "i:1", "tty", true)));

        assertThat(compare(wanted, live)).containsExactly(new Difference("containers[name=a].image", "i:1", "i:2"));
    }

    @Test
    void subjects_of_a_binding_may_not_have_company() {
        Map<String, Object> a = Map.of("name", "a");
        Map<String, Object> b = Map.of("name", "b");

        assertThat(compare(Map.of("subjects", List.of(a)), Map.of("subjects", List.of(a, b))))
                .hasSize(1);
    }

    @Test
    void arguments_are_compared_in_their_order() {
        assertThat(compare(Map.of("args", List.of("x", "y")), Map.of("args", List.of("y", "x"))))
                .hasSize(2);
    }

    @Test
    void quantities_are_compared_by_amount_and_only_where_they_are_quantities() {
        Map<String, Object> wanted = Map.of("resources", Map.of("requests", Map.of("cpu", "0.1", "memory", "1024Mi")));
        Map<String, Object> live = Map.of("resources", Map.of("requests", Map.of("cpu", "100m", "memory", "1Gi")));

        assertThat(compare(wanted, live)).isEmpty();
        assertThat(compare(Map.of("data", Map.of("cpu", "0.1")), Map.of("data", Map.of("cpu", "100m"))))
                .hasSize(1);
    }

    @Test
    void numbers_of_different_types_are_equal_and_empty_is_absent() {
        assertThat(compare(Map.of("a", 1, "b", Map.of(), "c", List.of()), Map.of("a", 1L)))
                .isEmpty();
    }

    @Property(tries = 300)
    void whatever_was_applied_and_grew_by_the_fields_of_others_does_not_differ(
            @ForAll("objects") Map<String, Object> wanted, @ForAll("objects") Map<String, Object> others) {
        assertThat(compare(wanted, wanted)).isEmpty();
        assertThat(compare(wanted, merge(others, wanted))).isEmpty();
    }

    @Property(tries = 300)
    void a_scalar_that_was_changed_is_found(@ForAll("objects") Map<String, Object> wanted) {
        Map<String, Object> before = merge(wanted, Map.of("changed", "before"));
        Map<String, Object> after = merge(wanted, Map.of("changed", "after"));

        assertThat(compare(after, before)).containsExactly(new Difference("changed", "before", "after"));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return object(3);
    }

    private static Arbitrary<Map<String, Object>> object(int depth) {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "example.com/c", "containers", "args", "limits");
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(3).asGeneric(),
                Arbitraries.integers().between(0, 3).asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> values = depth == 0
                ? scalars
                : Arbitraries.oneOf(
                        scalars,
                        object(depth - 1).asGeneric(),
                        scalars.list().ofMaxSize(3).asGeneric());
        return Arbitraries.maps(keys, values).ofMaxSize(4);
    }

    /** What server-side apply makes of an object that others have fields in: maps merge, all else is replaced. */
    private static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> over) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        over.forEach((key, value) -> merged.merge(key, copy(value), SubsetComparisonTest::mergeValues));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Object mergeValues(Object base, Object over) {
        return base instanceof Map && over instanceof Map
                ? merge((Map<String, Object>) base, (Map<String, Object>) over)
                : over;
    }

    private static Object copy(Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : value;
    }
}
