// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the operation behind a path. There are hundreds of rules, so only those with the same verb and length are tried. */
final class HttpRoutes {
    private final Map<Shape, List<Route>> routes = new HashMap<>();

    private record Shape(String verb, int segments) {}

    private record Route(Dispatcher.Operation operation, HttpRule rule) {}

    /** @param variables parts of the path that are fields of the request */
    record Match(Dispatcher.Operation operation, HttpRule rule, Map<String, String> variables) {}

    HttpRoutes(List<Dispatcher.Operation> operations) {
        for (Dispatcher.Operation operation : operations) {
            for (HttpRule rule : HttpRule.of(operation.method())) {
                Shape shape = new Shape(rule.verb(), rule.segments());
                routes.computeIfAbsent(shape, s -> new ArrayList<>()).add(new Route(operation, rule));
            }
        }
    }

    Optional<Match> find(String verb, String path) {
        return find(path, new Shape(verb, HttpRule.segments(path)))
                .or(() -> find(path, new Shape(verb, HttpRule.ANY_NUMBER)));
    }

    private Optional<Match> find(String path, Shape shape) {
        for (Route route : routes.getOrDefault(shape, List.of())) {
            Optional<Map<String, String>> variables = route.rule().match(path);
            if (variables.isPresent()) {
                return Optional.of(new Match(route.operation(), route.rule(), variables.get()));
            }
        }
        return Optional.empty();
    }
}
