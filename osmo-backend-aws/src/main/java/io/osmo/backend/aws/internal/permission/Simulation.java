// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;

/**
 * Actions of one service that are simulated in one call. IAM simulates each action on each resource of the call; what counts is that it
 * is allowed on its own.
 */
public final class Simulation {
    /** Keys of which each value is tried: passing a role to one service says nothing of another. */
    private static final Set<String> EACH = Set.of("iam:PassedToService");

    private final String service;
    private final Map<String, Set<String>> resources = new TreeMap<>();
    private final Map<String, String> context = new TreeMap<>();

    private Simulation(String service) {
        this.service = service;
    }

    /** The actions of a request in as few calls as there are services and values of a key to be tried. */
    public static List<Simulation> of(PolicyWriter.Request request) {
        PolicyScopes scopes = new PolicyScopes(request);
        List<Simulation> all = new ArrayList<>();
        for (String action : request.actions()) {
            String service = action.substring(0, action.indexOf(':'));
            for (Scope scope : scopes.of(action)) {
                for (Map<String, String> wanted : contexts(scope)) {
                    Optional<Simulation> fitting = all.stream()
                            .filter(each -> each.service.equals(service) && each.fits(wanted))
                            .findFirst();
                    Simulation simulation = fitting.orElseGet(() -> new Simulation(service));
                    if (fitting.isEmpty()) {
                        all.add(simulation);
                    }
                    simulation.add(action, scope.resources(), wanted);
                }
            }
        }
        return all;
    }

    private boolean fits(Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(entry ->
                        Objects.equals(context.getOrDefault(entry.getKey(), entry.getValue()), entry.getValue()));
    }

    private void add(String action, List<String> on, Map<String, String> wanted) {
        resources.computeIfAbsent(action, key -> new TreeSet<>()).addAll(on);
        context.putAll(wanted);
    }

    private static List<Map<String, String>> contexts(Scope scope) {
        List<Map<String, String>> contexts = new ArrayList<>();
        scope.condition()
                .values()
                .forEach(keys -> keys.forEach((key, value) -> {
                    if (value instanceof Collection<?> values) {
                        values.stream()
                                .limit(EACH.contains(key) ? values.size() : 1)
                                .forEach(each -> contexts.add(Map.of(key, String.valueOf(each))));
                    } else {
                        contexts.add(Map.of(key, String.valueOf(value)));
                    }
                }));
        return contexts.isEmpty() ? List.of(Map.of()) : contexts;
    }

    /** The actions that are simulated. */
    public Set<String> actions() {
        return resources.keySet();
    }

    /** On what an action has to be allowed, with {@code *} where a part is not known before: a policy for all of them matches. */
    public Set<String> resources(String action) {
        return resources.getOrDefault(action, Set.of());
    }

    public SimulatePrincipalPolicyRequest request(String principal) {
        Set<String> on = new TreeSet<>();
        resources.values().forEach(on::addAll);
        return SimulatePrincipalPolicyRequest.builder()
                .policySourceArn(principal)
                .actionNames(actions())
                .resourceArns(on)
                .contextEntries(context.entrySet().stream()
                        .map(entry -> ContextEntry.builder()
                                .contextKeyName(entry.getKey())
                                .contextKeyType(
                                        entry.getKey().equals("kms:GrantIsForAWSResource")
                                                ? ContextKeyTypeEnum.BOOLEAN
                                                : ContextKeyTypeEnum.STRING)
                                .contextKeyValues(entry.getValue())
                                .build())
                        .toList())
                .build();
    }
}
