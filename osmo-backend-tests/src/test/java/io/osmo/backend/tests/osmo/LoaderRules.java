// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What OSMO's service demands of its configuration, and does with it, as far as a backend is concerned.
 * Keys are merged as Helm merges them, over what the chart brings.
 */
final class LoaderRules {
    /** What the charts of both releases define themselves. */
    private static final Set<String> CHART_TEMPLATES = Set.of("default_ctrl", "default_user");

    private static final Set<String> CHART_VALIDATIONS =
            Set.of("default_cpu", "default_memory", "default_storage", "default_gpu");

    private static final Set<String> OPERATORS = Set.of("GT", "GE", "LT", "LE", "EQ");

    private final Map<String, Object> configuration;

    private LoaderRules(Map<String, Object> configuration) {
        this.configuration = configuration;
    }

    /** @param configuration what is at {@code services.configs}, or {@code configuration} */
    static void accept(Map<String, Object> configuration) {
        LoaderRules rules = new LoaderRules(configuration);
        assertThat(configuration).containsEntry("enabled", true);
        rules.backends();
        rules.pools();
        rules.validations();
        rules.templates();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Map<String, Object> section(String name) {
        return configuration.containsKey(name) ? map(configuration.get(name)) : Map.of();
    }

    /** Without a namespace the file is refused; without a router address exec and port forwarding fail. */
    private void backends() {
        assertThat(section("backends")).isNotEmpty();
        section("backends").forEach((name, backend) -> {
            assertThat(map(backend)).containsKeys("k8s_namespace", "router_address");
            assertThat(String.valueOf(map(backend).get("router_address"))).startsWith("wss://");
        });
    }

    private void pools() {
        section("pools").forEach((name, value) -> {
            Map<String, Object> pool = map(value);
            String backend = String.valueOf(pool.get("backend"));
            assertThat(section("backends")).containsKey(backend);
            String queue = "osmo-pool-" + map(section("backends").get(backend)).get("k8s_namespace") + "-" + name;
            assertThat(queue).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
            Map<String, Object> platforms = new TreeMap<>();
            if (name.equals("default")) {
                platforms.put("default", Map.of());
            }
            map(pool.get("platforms")).forEach((key, platform) -> {
                if (platform == null) {
                    platforms.remove(key);
                } else {
                    platforms.put(key, platform);
                }
            });
            assertThat(platforms).containsKey(String.valueOf(pool.get("default_platform")));
            assertThat(platforms.values())
                    .as("a platform without labels takes every node that has no taint")
                    .noneMatch(platform -> map(platform).isEmpty());
            assertThat((List<?>) pool.get("common_resource_validations"))
                    .as("they hold for every platform, those without nodes included")
                    .isEmpty();
            references(pool.get("common_pod_template"), CHART_TEMPLATES, section("podTemplates"));
            platforms.values().forEach(platform -> {
                references(map(platform).get("override_pod_template"), CHART_TEMPLATES, section("podTemplates"));
                references(
                        map(platform).get("resource_validations"), CHART_VALIDATIONS, section("resourceValidations"));
            });
            if (!name.equals("default")) {
                assertThat(String.valueOf(section("roles"))).contains("pool/" + name);
            }
        });
    }

    private static void references(Object names, Set<String> ofChart, Map<String, Object> defined) {
        assertThat((List<?>) names).isNotEmpty().allMatch(name -> ofChart.contains(name) || defined.containsKey(name));
    }

    /** Unknown fields are refused, and every operand is a text. */
    private void validations() {
        section("resourceValidations")
                .forEach((name, rules) -> assertThat((List<?>) rules)
                        .isNotEmpty()
                        .allSatisfy(rule -> {
                            assertThat(map(rule))
                                    .containsOnlyKeys("operator", "left_operand", "right_operand", "assert_message");
                            assertThat(map(rule).values()).allMatch(String.class::isInstance);
                            assertThat(OPERATORS)
                                    .contains(String.valueOf(map(rule).get("operator")));
                        }));
    }

    /** The service copies selectors and tolerations into platforms; a toleration without a key is refused there. */
    private void templates() {
        section("podTemplates").forEach((name, template) -> {
            Map<String, Object> pod = map(map(template).get("spec"));
            assertThat(map(pod.get("nodeSelector"))).isNotEmpty();
            Stream.ofNullable(pod.get("tolerations"))
                    .flatMap(tolerations -> ((List<?>) tolerations).stream())
                    .forEach(toleration -> assertThat(map(toleration)).containsKeys("key", "operator", "effect"));
        });
    }

    /** Names of the rules of a platform that compare with nodes that exist, of the charts and of ours. */
    static List<String> rulesOnNodes(Map<String, Object> configuration, String pool, String platform) {
        Map<String, Object> found =
                map(map(map(map(configuration.get("pools")).get(pool)).get("platforms"))
                        .get(platform));
        return ((List<?>) found.get("resource_validations"))
                .stream()
                        .map(String::valueOf)
                        .filter(name -> CHART_VALIDATIONS.contains(name)
                                || String.valueOf(map(configuration.get("resourceValidations"))
                                                .get(name))
                                        .contains("K8_"))
                        .toList();
    }
}
