// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Principals of the directory, by object id. A new identity can be looked up only after a while. */
public final class Principals {
    private static final Duration REPLICATION = Duration.ofSeconds(20);

    private final AzureSubscription azure;
    /** Principals of identities with the time from which they can be looked up. */
    private final Map<String, Instant> identities = new HashMap<>();

    private final Set<String> others = new HashSet<>();

    Principals(AzureSubscription azure) {
        this.azure = azure;
        others.add(AzureSubscription.CALLER);
    }

    /** A user or group of the directory, such as an admin group. */
    public void add(String objectId) {
        others.add(objectId.toLowerCase(Locale.ROOT));
    }

    /** A new principal for an identity. */
    public String create() {
        String objectId = azure.uuid();
        identities.put(objectId, azure.now().plus(REPLICATION));
        return objectId;
    }

    /** The identity is gone; what its principal was assigned stays, as in Azure. */
    public void remove(String objectId) {
        identities.remove(objectId);
    }

    /**
     * Refuses a principal that does not exist.
     *
     * @param type the type in the request, with which ARM waits for the directory's replication; empty if there is none
     */
    void check(String objectId, String type) {
        if (others.contains(objectId.toLowerCase(Locale.ROOT))) {
            return;
        }
        Instant known = identities.get(objectId);
        if (known == null || type.isEmpty() && azure.now().isBefore(known)) {
            throw ArmError.badRequest(
                    "PrincipalNotFound",
                    "Principal " + objectId.replace("-", "") + " does not exist in the directory "
                            + AzureSubscription.TENANT
                            + ". Check that you have the correct principal ID. If you are creating this principal and then"
                            + " immediately assigning a role, this error might be related to a replication delay. In this"
                            + " case, set the role assignment principalType property to a value, such as ServicePrincipal,"
                            + " User, or Group.  See https://aka.ms/docs-principaltype");
        }
    }
}
