// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the rules of the spec ask for beyond types, words and bounds, in the words of JSON Schema. {@link SpecSchemaTest} holds it
 * against the rules. Patterns are of the kind that both ECMAScript and Java read.
 */
final class SchemaConstraints {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String QUALIFIED = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String LABEL_KEY = "(" + SUBDOMAIN + "/)?" + QUALIFIED;
    private static final String NODE_PREFIX = "([^/]*\\.)?(node|kubelet)\\.kubernetes\\.io/";
    private static final String KUBERNETES_PREFIX = "([^/]*\\.)?(kubernetes|k8s)\\.io/";
    private static final String PRIVATE =
            "(10\\.\\d{1,3}|172\\.(1[6-9]|2\\d|3[01])|192\\.168|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))";
    private static final String WITHIN = "\\.[\\d.]+/";

    private static final String HOST = "[A-Za-z0-9.-]+(:[1-9]\\d{0,4})?";
    private static final String REPOSITORY = "https://" + HOST + "(/[A-Za-z0-9._~%/-]*)?";
    private static final String REFERENCE = "oci://" + HOST + "(/[a-z0-9._-]+)+";

    private static final Map<String, Object> ZONES =
            Map.of("uniqueItems", true, "items", text("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"));
    private static final Map<String, Object> DNS_LABEL = label(63);
    private static final Map<String, Object> SUBDOMAIN_NAME = longest(253, SUBDOMAIN);
    private static final Map<String, Object> WORD = text("\\S+");
    private static final Map<String, Object> NOT_BLANK = Map.of("pattern", "\\S");

    /** By path; {@code []} is any element of a list. */
    static final Map<String, Map<String, Object>> OF_FIELDS = Map.ofEntries(
            entry("name", text("[a-z]([-a-z0-9]{0,38}[a-z0-9])?")),
            entry("provider", DNS_LABEL),
            entry("region", DNS_LABEL),
            entry(
                    "kubernetesVersion",
                    text("(1\\.([3-9]\\d|[1-9]\\d{2,3})|([2-9]|[1-9]\\d{1,3})\\.(0|[1-9]\\d{0,3}))")),
            entry("operatorPool.instanceTypes", instanceTypes()),
            entry("operatorPool.labels", labels(Map.of("const", "operator"))),
            entry("operatorPool.taints", taints()),
            entry("operatorPool.zones", ZONES),
            entry("operatorPool.reservation", NOT_BLANK),
            entry("operatorPool.scale.initial", Map.of("minimum", 1)),
            entry("computePools", Map.of("minItems", 1)),
            entry("computePools[].name", without(label(51), Map.of("const", "operator"))),
            entry("computePools[].instanceTypes", with(instanceTypes(), "minItems", 1)),
            entry("computePools[].labels", labels(without(Map.of("minLength", 1), Map.of("const", "operator")))),
            entry("computePools[].taints", taints()),
            entry("computePools[].zones", ZONES),
            entry("computePools[].reservation", NOT_BLANK),
            entry("computePools[].scale.initial", Map.of("minimum", 0)),
            entry("network.cidr", text("(" + PRIVATE + "\\.(" + networksOf16to20() + "))?")),
            entry("network.serviceCidr", text(PRIVATE + "\\.\\d{1,3}\\.\\d{1,3}/(1[2-9]|2[0-4])")),
            entry("network.zones", with(ZONES, "maxItems", 6)),
            entry("network.existing.id", NOT_BLANK),
            entry("network.existing.subnets", Map.of("minItems", 1, "uniqueItems", true, "items", NOT_BLANK)),
            entry("apiEndpoint.publicCidrs", Map.of("uniqueItems", true, "items", text(publicRange()))),
            entry("storage.className", longest(253, "(" + SUBDOMAIN + ")?")),
            entry("encryption.existingKey", WORD),
            entry("pullSecrets[].registry", registry()),
            entry("pullSecrets[].username", NOT_BLANK),
            entry("pullSecrets[].secretName", SUBDOMAIN_NAME),
            entry("osmo.release", text("6\\.(3\\.0{0,3}[1-9]\\d{0,3}|4\\.\\d{1,4})(-[0-9A-Za-z.-]{1,40})?")),
            entry("osmo.serviceUrl", text("https://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?")),
            entry("osmo.backendName", DNS_LABEL),
            entry("osmo.poolName", label(51)),
            entry("osmo.helmRelease", longest(53, SUBDOMAIN)),
            entry("osmo.operatorNamespace", namespace()),
            entry("osmo.workflowNamespace", namespace()),
            entry("osmo.tokenSecretName", SUBDOMAIN_NAME),
            entry("charts[].name", longest(53, SUBDOMAIN)),
            entry("charts[].namespace", DNS_LABEL),
            entry("charts[].location", text(REPOSITORY + "|" + REFERENCE + "|(?!.*://).*\\S.*")),
            entry(
                    "charts[].version",
                    text("v?(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){2}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?")),
            entry("charts[].digest", text("sha256:[0-9a-f]{64}")),
            entry("admins", Map.of("uniqueItems", true, "items", WORD)),
            entry(
                    "tags",
                    Map.of(
                            "maxProperties",
                            40,
                            "propertyNames",
                            Map.of("maxLength", 128, "pattern", "^(?!osmo-|kubernetes\\.io/).*\\S"),
                            "additionalProperties",
                            Map.of("maxLength", 256))));

    /** What fields ask of each other: of the pools, of the network, of the API, of a pull secret. */
    static final Map<String, List<Map<String, Object>>> AMONG_FIELDS = Map.of(
            "operatorPool", List.of(spotOrReserved()),
            "computePools[]", List.of(spotOrReserved()),
            "operatorPool.fallback[]", List.of(spotOrReserved(), Map.of("minProperties", 1)),
            "computePools[].fallback[]", List.of(spotOrReserved(), Map.of("minProperties", 1)),
            "network",
                    List.of(when(
                            required("existing"),
                            properties(
                                    "cidr", Map.of("maxLength", 0),
                                    "zones", Map.of("maxItems", 0),
                                    "zoneCount", Map.of("const", 0),
                                    "egress", Map.of("const", "existing")),
                            properties(
                                    "cidr", Map.of("minLength", 1),
                                    "zoneCount", Map.of("minimum", 1),
                                    "egress", Map.of("not", Map.of("const", "existing"))))),
            "apiEndpoint",
                    List.of(when(
                            is("publicAccess", false), properties("publicCidrs", Map.of("maxItems", 0)), Map.of())),
            "pullSecrets[]",
                    List.of(when(
                            is("registry", "nvcr.io"),
                            properties("username", Map.of("const", "$oauthtoken")),
                            Map.of())),
            "charts[]", charts(),
            "", List.of(inProduction()));

    private SchemaConstraints() {}

    /** What holds unless the document says that its profile is another. */
    static Map<String, Object> unlessInDevelopment(Map<String, Object> then) {
        return Map.of("if", is("profile", "development"), "then", Map.of(), "else", then);
    }

    private static Map<String, Object> inProduction() {
        Map<String, Object> narrow = text("[\\d.]+/([89]|[12]\\d|3[0-2])");
        Map<String, Object> someRange =
                with(properties("publicCidrs", Map.of("minItems", 1)), "required", List.of("publicCidrs"));
        Map<String, Object> endpoint = new HashMap<>(when(is("publicAccess", true), someRange, Map.of()));
        endpoint.putAll(properties("publicCidrs", Map.of("items", narrow)));
        return unlessInDevelopment(
                properties("apiEndpoint", endpoint, "network", properties("zones", Map.of("not", oneElement()))));
    }

    /** What the location of a chart, which is in a repository, in a registry or in files, asks of its other fields. */
    private static List<Map<String, Object>> charts() {
        Map<String, Object> none = Map.of("not", Map.of());
        return List.of(
                when(located("^https://"), required("chart"), Map.of()),
                when(located("^(?!https://)(?!.*\\.ya?ml$)"), properties("chart", none), Map.of()),
                when(located("://|\\.ya?ml$"), required("version"), Map.of()),
                when(located("^(?!.*://)"), properties("username", none), Map.of()),
                when(located("\\.ya?ml$"), properties("values", Map.of("maxProperties", 0)), Map.of()),
                Map.of("dependencies", Map.of("username", List.of("password"), "password", List.of("username"))));
    }

    private static Map<String, Object> located(String pattern) {
        return with(properties("location", Map.of("pattern", pattern)), "required", List.of("location"));
    }

    private static Map<String, Object> oneElement() {
        return Map.of("minItems", 1, "maxItems", 1);
    }

    private static Map<String, Object> spotOrReserved() {
        return Map.of("not", with(is("spot", true), "required", List.of("spot", "reservation")));
    }

    private static Map<String, Object> when(
            Map<String, Object> condition, Map<String, Object> then, Map<String, Object> otherwise) {
        return Map.of("if", condition, "then", then, "else", otherwise);
    }

    private static Map<String, Object> is(String field, Object value) {
        return Map.of("properties", Map.of(field, Map.of("const", value)), "required", List.of(field));
    }

    private static Map<String, Object> required(String field) {
        return Map.of("required", List.of(field));
    }

    private static Map<String, Object> properties(Object... namesAndSchemas) {
        return Map.of(
                "properties",
                IntStream.range(0, namesAndSchemas.length / 2)
                        .boxed()
                        .collect(Collectors.toMap(i -> namesAndSchemas[2 * i], i -> namesAndSchemas[2 * i + 1])));
    }

    private static Map<String, Object> text(String pattern) {
        return Map.of("pattern", "^(" + pattern + ")$");
    }

    private static Map<String, Object> longest(int length, String pattern) {
        return with(text(pattern), "maxLength", length);
    }

    private static Map<String, Object> label(int length) {
        return longest(length, LABEL);
    }

    private static Map<String, Object> with(Map<String, Object> schema, String keyword, Object value) {
        Map<String, Object> more = new HashMap<>(schema);
        more.put(keyword, value);
        return Map.copyOf(more);
    }

    private static Map<String, Object> without(Map<String, Object> schema, Map<String, Object> exception) {
        return with(schema, "not", exception);
    }

    private static Map<String, Object> instanceTypes() {
        return Map.of("uniqueItems", true, "items", text("[A-Za-z0-9][A-Za-z0-9._+-]{0,62}"));
    }

    private static Map<String, Object> labels(Map<String, Object> nodeType) {
        return Map.of(
                "propertyNames",
                Map.of("pattern", "^(?!(?!" + NODE_PREFIX + ")" + KUBERNETES_PREFIX + ")" + LABEL_KEY + "$"),
                "additionalProperties",
                text("(" + QUALIFIED + ")?"),
                "properties",
                Map.of("node-type", nodeType));
    }

    private static Map<String, Object> taints() {
        String taint = LABEL_KEY + "(=(" + QUALIFIED + ")?)?:(NoSchedule|PreferNoSchedule|NoExecute)";
        return Map.of("uniqueItems", true, "items", text(taint));
    }

    private static Map<String, Object> registry() {
        Map<String, Object> name = longest(
                259, SUBDOMAIN + "(:([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?");
        return without(
                name,
                Map.of(
                        "enum",
                        List.of(
                                "index.docker.io",
                                "registry-1.docker.io",
                                "registry.hub.docker.com",
                                "hub.docker.com")));
    }

    private static Map<String, Object> namespace() {
        return without(label(63), Map.of("enum", List.of("default", "kube-system", "kube-public", "kube-node-lease")));
    }

    /** The last two numbers of networks from /16 to /20: without bits of hosts. */
    private static String networksOf16to20() {
        List<String> networks = new ArrayList<>();
        for (int prefix = 16; prefix <= 20; prefix++) {
            int step = 1 << 24 - prefix;
            networks.add(IntStream.iterate(0, third -> third < 256, third -> third + step)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining("|", "(", ")\\.0/" + prefix)));
        }
        return String.join("|", networks);
    }

    /** An IPv4 range that is not within a private one. */
    private static String publicRange() {
        return "(?!10" + WITHIN + "([89]|[12]\\d|3[0-2])$)"
                + "(?!192\\.168" + WITHIN + "(1[6-9]|2\\d|3[0-2])$)"
                + "(?!172\\.(1[6-9]|2\\d|3[01])" + WITHIN + "(1[2-9]|2\\d|3[0-2])$)"
                + "(?!100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])" + WITHIN + "([12]\\d|3[0-2])$)"
                + "\\d{1,3}(\\.\\d{1,3}){3}/(\\d|[12]\\d|3[0-2])";
    }
}
