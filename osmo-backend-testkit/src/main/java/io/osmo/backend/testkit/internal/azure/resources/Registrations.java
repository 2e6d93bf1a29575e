// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Guard;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Resource providers and preview features of the subscription, and whether they are registered. */
public final class Registrations implements Guard {
    private static final Duration REGISTRATION = Duration.ofMinutes(1);

    /** Registered in every subscription; cannot be unregistered. */
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
    @Override
    public void checkRequest(ArmId id) {
        String state = providers.get(id.namespace());
        if (state != null && !state.equals("Registered")) {
            throw ArmError.conflict(
                    "MissingSubscriptionRegistration",
                    "The subscription is not registered to use namespace '" + id.namespace()
                            + "'. See https://aka.ms/rps-not-found for how to register subscriptions.");
        }
    }

    public boolean hasFeature(String namespace, String feature) {
        return "Registered".equals(features.get(namespace + "/" + feature));
    }

    ArmReply providers(ArmRequest request, ArmId id) {
        if (id.collection()) {
            return ArmReply.values(providers.keySet().stream().map(this::provider));
        }
        String name = id.name();
        if (!providers.containsKey(name)) {
            throw new ArmError(404, "InvalidResourceNamespace", "The resource namespace '" + name + "' is invalid.");
        }
        String action = id.action().orElse("").toLowerCase(Locale.ROOT);
        if (action.equals("register")) {
            register(providers, name);
        } else if (action.equals("unregister") && !ALWAYS.contains(name)) {
            providers.put(name, "NotRegistered");
        }
        return ArmReply.ok(provider(name));
    }

    private void register(Map<String, String> states, String name) {
        if ("NotRegistered".equals(states.get(name))) {
            states.put(name, "Registering");
            azure.after(REGISTRATION, () -> states.put(name, "Registered"));
        }
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
            String prefix = id.names().get(0).toLowerCase(Locale.ROOT) + "/";
            return ArmReply.values(features.keySet().stream()
                    .filter(key -> key.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(this::feature));
        }
        String key = String.join("/", id.names());
        if (!features.containsKey(key)) {
            throw new ArmError(404, "FeatureNotFound", "The feature '" + id.name() + "' could not be found.");
        }
        if (id.action().orElse("").equals("register")) {
            register(features, key);
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
