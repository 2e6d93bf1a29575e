// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to reach a method over HTTP, according to its description. See <a
 * href="https://github.com/googleapis/googleapis/blob/master/google/api/http.proto">google/api/http.proto</a>.
 *
 * @param template the path as written in the description
 * @param segments number of segments of the paths that match
 * @param variables fields that are part of the path, in the order of the pattern's groups
 * @param body field that the body becomes, {@code *} for the request itself, empty for no body
 */
public record HttpRule(String verb, String template, Pattern path, int segments, List<String> variables, String body) {
    /** Number of segments of a path that has no fixed one. */
    static final int ANY_NUMBER = -1;

    private static final Pattern VARIABLE = Pattern.compile("\\{([^=}]+)(?:=([^}]+))?}");

    /** Shared by all emulators, since descriptions never change: there are hundreds of patterns. */
    private static final Map<MethodDescriptor, List<HttpRule>> KNOWN = new ConcurrentHashMap<>();

    public static List<HttpRule> of(MethodDescriptor method) {
        return KNOWN.computeIfAbsent(method, HttpRule::read);
    }

    private static List<HttpRule> read(MethodDescriptor method) {
        List<HttpRule> rules = new ArrayList<>();
        com.google.api.HttpRule http = method.getOptions().getExtension(AnnotationsProto.http);
        rules.add(of(http));
        http.getAdditionalBindingsList().forEach(other -> rules.add(of(other)));
        if (method.getFullName().equals("google.longrunning.Operations.GetOperation")) {
            // Services whose operations belong to a location say so in files that are not part of the descriptions.
            rules.add(of("GET", "/v1/{name=projects/*/locations/*/operations/*}", ""));
        }
        rules.removeIf(rule -> rule.path().pattern().isEmpty());
        return List.copyOf(rules);
    }

    private static HttpRule of(com.google.api.HttpRule rule) {
        return switch (rule.getPatternCase()) {
            case GET -> of("GET", rule.getGet(), rule.getBody());
            case PUT -> of("PUT", rule.getPut(), rule.getBody());
            case POST -> of("POST", rule.getPost(), rule.getBody());
            case DELETE -> of("DELETE", rule.getDelete(), rule.getBody());
            case PATCH -> of("PATCH", rule.getPatch(), rule.getBody());
            default -> of("", "", "");
        };
    }

    private static HttpRule of(String verb, String template, String body) {
        List<String> variables = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        StringBuilder shape = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(template);
        int end = 0;
        while (matcher.find()) {
            variables.add(matcher.group(1));
            String literal = template.substring(end, matcher.start());
            String value = matcher.group(2) == null ? "*" : matcher.group(2);
            shape.append(literal).append(value);
            pattern.append(pattern(literal)).append('(').append(pattern(value)).append(')');
            end = matcher.end();
        }
        shape.append(template.substring(end));
        pattern.append(pattern(template.substring(end)));
        int segments = shape.indexOf("**") < 0 ? segments(shape.toString()) : ANY_NUMBER;
        return new HttpRule(
                verb, template, Pattern.compile(pattern.toString()), segments, List.copyOf(variables), body);
    }

    /** A pattern for text in which {@code *} is one segment and {@code **} any number of them. */
    private static String pattern(String text) {
        return text.isEmpty()
                ? ""
                : Pattern.quote(text).replace("**", "\\E.+\\Q").replace("*", "\\E[^/:]+\\Q");
    }

    static int segments(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** The values of the variables if a path matches. */
    Optional<Map<String, String>> match(String rawPath) {
        Matcher matcher = path.matcher(rawPath);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return Optional.of(values);
    }
}
