// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are made to take time or memory, or to be something else than they seem. All are refused, quickly and briefly. */
@Timeout(20)
class HostileDocumentsTest {
    private static final int MIB = 1 << 20;

    private static final ProviderSettings.Reader NONE = new ProviderSettings.Reader() {
        @Override
        public Optional<ProviderSettings> read(
                String provider, Map<String, Object> data, Consumer<Violation> problems) {
            return Optional.empty();
        }
    };

    private static InvalidSpecException yaml(String document) {
        return bounded(catchThrowableOfType(InvalidSpecException.class, () -> BackendSpec.fromYaml(document, NONE)));
    }

    private static InvalidSpecException json(String document) {
        return bounded(catchThrowableOfType(InvalidSpecException.class, () -> BackendSpec.fromJson(document, NONE)));
    }

    private static InvalidSpecException bounded(InvalidSpecException refusal) {
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.getMessage().length()).isLessThan(20_000);
        assertThat(refusal.violations().size()).isBetween(1, 1_000);
        assertThat(refusal.violations().stream()
                        .mapToInt(v -> v.toString().length())
                        .max()
                        .orElse(0))
                .isLessThan(6_000);
        return refusal;
    }

    @Test
    void length_is_judged_before_anything_else() {
        String large = "[".repeat(MIB + 1);

        assertThat(yaml(large)).hasMessageContaining("1048577 characters").hasMessageContaining("at most 1048576");
        assertThat(json(large)).hasMessageContaining("1048577 characters");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 100, 1_000, 100_000})
    void nesting_is_bounded(int depth) {
        assertThat(yaml("x: " + "[".repeat(depth) + "]".repeat(depth)))
                .hasMessageContaining("nested more than 64 deep");
        assertThat(yaml("{x: ".repeat(depth))).hasMessageContaining("nested more than 64 deep");
        assertThat(yaml("- ".repeat(depth))).hasMessageContaining("nested more than 64 deep");
        assertThat(json("{\"x\":".repeat(depth))).hasMessageContaining("nested more than 64 deep");
    }

    @Test
    void nesting_within_the_bound_is_read() {
        assertThat(yaml("x: " + "[".repeat(63) + "]".repeat(63)).violations())
                .extracting(Violation::path)
                .contains("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: &a train                            | name                 | an anchor
            &a name: train                            | name                 | an anchor
            &a {name: train}                          | document             | an anchor
            tags: {a: &a x, b: *a}                    | tags.b               | an alias, *a
            tags: &a {x: y}                           | tags                 | an anchor
            tags: {<<: *a}                            | tags[\"<<\"]         | an alias, *a
            tags: {*a : x}                            | document             | a name of a field that is not a plain text
            name: !!str &a train                      | name                 | an anchor
            name: &a !!str train                      | name                 | an anchor
            name: &a 'train'                          | name                 | an anchor
            admins: [\uD83D\uDE00, &a x]            | admins[1]            | an anchor
            scale: &a                                 | scale                | an anchor
            name: a & b                               | provider             | nothing
            name: '&a'                                | provider             | nothing
            admins: [&a x, *a]                        | admins[1]            | an alias, *a
            *a                                        | document             | an alias, *a
            """)
    void anchors_and_aliases_are_refused(String document, String path, String given) {
        assertThat(yaml(document).violations())
                .extracting(Violation::path, Violation::given)
                .contains(tuple(path, given));
    }

    @Test
    void an_alias_bomb_is_refused() {
        String bomb = IntStream.range(1, 60)
                .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
                .collect(Collectors.joining("\n", "a0: &a0 x\n", "\n"));

        assertThat(yaml(bomb)).hasMessageContaining("an alias");
    }

    /** The same thing over and over. Quadratic work on so much takes minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d: x\n",
                "unknown-%d: {}\n",
                "a: x\n",
                "tags: {%d: 1}\n",
                "computePools: [\n|{name: p%d, role: gpu, instanceTypes: [m7i.2xlarge], spot: maybe},\n|]",
                "computePools: [\n|{name: p, scale: {min: 9, max: 1}},\n|]",
                "apiEndpoint: {publicCidrs: [\n|10.0.0.0/8, 1.2.3.4/%d,\n|]}",
                "network: {zones: [\n|a%d, a,\n|]}",
                "network: {existing: {id: x, subnets: [\n|s, s%d,\n|]}}",
                "admins: [\n|'', a%d,\n|]",
                "tags: {\n|? 'a %d'\n: b,\n|}",
                "pullSecrets: [\n|{registry: r%d, username: '', password: x},\n|]",
                "operatorPool: {taints: [\n|k%d=v:NoSchedule, x,\n|]}",
                "operatorPool: {labels: {\n|k%d: v, 'kubernetes.io/%d': 1,\n|}}",
                "operatorPool: {instanceTypes: [\n|m%d, m,\n|]}",
                "settings: {\n|k%d: v,\n|}",
                "name: \"|a.|\"",
                "name: |1|",
                "kubernetesVersion: '|1.|'",
                "|a|: b",
                "|a|",
                "tags: {|a|: b}",
                "network: {cidr: '|1.|'}",
                "osmo: {serviceUrl: 'https://|a.|'}",
                "pullSecrets: [{registry: '|a.|', username: a, password: {env: A}}]",
                "operatorPool: {labels: {'|a.|/x': '|a.|'}}",
                "operatorPool: {taints: ['|=:|']}",
                "provider: '|aw|'",
                "profile: '|prod|'",
                "? |? |",
                "|'|",
                "|\"|",
                "|{|",
                "|!|",
                "|&a |",
                "|*a |",
                "|---\n|",
                "|%|",
                "|#|",
                "||\n|",
                "x: >\n| a\n|",
                "|\t|",
                "|\u0000|",
                "|\ud800|",
                "|- |",
                "|-\n|",
                "|: |",
                "|, |",
                "[|a: b, |",
                "[|&a b, *a, |]",
                "{|a|",
                "a: {x: {|y%d: {z: {}}, |}}",
            })
    @Timeout(10)
    void much_of_anything_is_refused_quickly(String pattern) {
        String[] parts = pattern.split("\\|", 3);
        String head = parts.length > 1 ? parts[0] : "";
        String piece = parts.length > 1 ? parts[1] : parts[0];
        String tail = parts.length > 2 ? parts[2] : "";
        StringBuilder document = new StringBuilder(head);
        for (int i = 0; document.length() < MIB / 4 - tail.length() - 2 * piece.length() - 20; i++) {
            document.append(
                    piece.contains("%d") ? piece.replace("%d", String.valueOf(i)) : piece.isEmpty() ? "|" : piece);
        }
        document.append(tail);

        yaml(document.toString());
        json(document.toString());
    }

    @Test
    void names_of_fields_are_shown_in_part() {
        InvalidSpecException refusal = yaml("a".repeat(100_000) + ": {x: 1}\ntags: {\"\\e[2J\": [1]}\n");

        assertThat(refusal.violations())
                .extracting(Violation::path)
                .allSatisfy(path -> assertThat(path).hasSizeLessThan(200).doesNotContain("\u001b"));
    }

    @Test
    void many_violations_are_counted() {
        String many = IntStream.range(0, 2_000).mapToObj(i -> "f" + i + ": x").collect(Collectors.joining("\n"));

        assertThat(yaml(many)).hasMessageContaining("further ones");
        assertThat(yaml(many).violations()).hasSizeGreaterThanOrEqualTo(500);
    }
}
