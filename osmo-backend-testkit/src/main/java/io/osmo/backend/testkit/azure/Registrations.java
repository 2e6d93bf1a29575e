// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Resource providers and preview features of the subscription, and whether they are registered. */
final class Registrations {
    /** Registered in every subscription, and never to be unregistered. */
    private static final List<String> ALWAYS =
            List.of("Microsoft.Authorization", "Microsoft.Features", "Microsoft.Resources");

    private static final List<String> OTHERS = List.of(
            "Microsoft.Compute",
            "Microsoft.ContainerService",
            "Microsoft.DataProtection",
            "Microsoft.KeyVault",
            "Microsoft.KubernetesConfiguration",
            "Microsoft.ManagedIdentity",
            "Microsoft.Network",
            "Microsoft.OperationalInsights",
            "Microsoft.Quota",
            "Microsoft.Storage");

    private final AzureSubscription azure;
    private final Map<String, String> providers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> features = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Registrations(AzureSubscription azure, Collection<String> unregistered) {
        this.azure = azure;
        ALWAYS.forEach(name -> providers.put(name, "Registered"));
        OTHERS.forEach(name -> providers.put(name, "Registered"));
        unregistered.forEach(name -> {
            if (!providers.containsKey(name)) {
                throw new IllegalArgumentException("no such resource provider: " + name);
            }
            providers.put(name, "NotRegistered");
        });
        features.put("Microsoft.Compute/EncryptionAtHost", "NotRegistered");
    }

    /** Refuses what belongs to a provider that is not registered. */
    void check(String namespace) {
        String state = providers.get(namespace);
        if (state != null && !state.equals("Registered")) {
            throw ArmError.conflict(
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use namespace '" + namespace
                            + "'. See https://aka.ms/rps-not-found for how to register subscriptions.");
        }
    }

    boolean hasFeature(String namespace, String feature) {
        return "Registered".equals(features.get(namespace + "/" + feature));
    }

    ArmReply providers(ArmRequest request, ArmId id) {
        if (id.collection()) {
            ArrayNode value = Json.array();
            providers.keySet().forEach(name -> value.add(provider(name)));
            ObjectNode body = Json.object();
            body.set("value", value);
            return ArmReply.ok(body);
        }
        String name = id.name();
        if (!providers.containsKey(name)) {
            throw new ArmError(404, "InvalidResourceNamespace", "The resource namespace '" + name + "' is invalid.");
        }
        String action = id.action().orElse("").toLowerCase(Locale.ROOT);
        if (action.equals("register") && providers.get(name).equals("NotRegistered")) {
            providers.put(name, "Registering");
            azure.after(Durations.REGISTRATION, () -> providers.put(name, "Registered"));
        } else if (action.equals("unregister") && !ALWAYS.contains(name)) {
            providers.put(name, "NotRegistered");
        }
        return ArmReply.ok(provider(name));
    }

    private ObjectNode provider(String name) {
        String canonical = providers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
        ObjectNode body = Json.object()
                .put("id", "/subscriptions/" + azure.id + "/providers/" + canonical)
                .put("namespace", canonical)
                .put("registrationPolicy", ALWAYS.contains(canonical) ? "RegistrationFree" : "RegistrationRequired")
                .put("registrationState", providers.get(name));
        body.putArray("resourceTypes");
        return body;
    }

    ArmReply features(ArmRequest request, ArmId id) {
        if (id.collection()) {
            ArrayNode value = Json.array();
            features.keySet().stream()
                    .filter(key -> key.toLowerCase(Locale.ROOT)
                            .startsWith(id.names().get(0).toLowerCase(Locale.ROOT) + "/"))
                    .forEach(key -> value.add(feature(key)));
            ObjectNode body = Json.object();
            body.set("value", value);
            return ArmReply.ok(body);
        }
        String key = String.join("/", id.names());
        if (!features.containsKey(key)) {
            throw new ArmError(404, "FeatureNotFound", "The feature '" + id.name() + "' could not be found.");
        }
        if (id.action().orElse("").equals("register") && features.get(key).equals("NotRegistered")) {
            features.put(key, "Registering");
            azure.after(Durations.REGISTRATION, () -> features.put(key, "Registered"));
        }
        return ArmReply.ok(feature(key));
    }

    private ObjectNode feature(String key) {
        String[] parts = key.split("/", -1);
        ObjectNode body = Json.object()
                .put(
                        "id",
                        "/subscriptions/" + azure.id + "/providers/Microsoft.Features/providers/" + parts[0]
                                + "/features/" + parts[1])
                .put("name", key)
                .put("type", "Microsoft.Features/providers/features");
        body.putObject("properties").put("state", features.get(key));
        return body;
    }
}
