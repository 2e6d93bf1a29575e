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
 * @param variables fields that are part of the path, in the order of the pattern's groups
 * @param body field that the body becomes, {@code *} for the request itself, empty for no body
 */
public record HttpRule(String verb, String template, Pattern path, List<String> variables, String body) {
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
        Matcher matcher = VARIABLE.matcher(template);
        int end = 0;
        while (matcher.find()) {
            pattern.append(literal(template.substring(end, matcher.start())));
            variables.add(matcher.group(1));
            String shape = matcher.group(2) == null ? "*" : matcher.group(2);
            pattern.append('(').append(literal(shape)).append(')');
            end = matcher.end();
        }
        pattern.append(literal(template.substring(end)));
        return new HttpRule(verb, template, Pattern.compile(pattern.toString()), List.copyOf(variables), body);
    }

    /** A pattern for text in which {@code *} is one segment and {@code **} any number of them. */
    private static String literal(String text) {
        return text.isEmpty()
                ? ""
                : Pattern.quote(text).replace("**", "\\E.+\\Q").replace("*", "\\E[^/:]+\\Q");
    }

    /** The values of the variables if a request matches. */
    Optional<Map<String, String>> match(String method, String rawPath) {
        if (!verb.equals(method)) {
            return Optional.empty();
        }
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
