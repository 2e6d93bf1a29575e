// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A resource provider, or a feature of one, that the subscription has switched on. Asked for where it is not on; never switched
 * off, since others may use it. It belongs to the subscription, so no backend owns it.
 */
final class Registration extends ArmResource {
    static final String KIND = "registration";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND).read(ArmType.PROVIDER.action("read"));

    /** What registering one provider, or a feature of one, needs. */
    static Needs needs(String name) {
        return name.contains("/")
                ? NEEDS.read(ArmType.FEATURE.action("read")).create(ArmType.FEATURE.action("register/action"))
                : NEEDS.create(name + "/register/action");
    }

    private final String statePointer;

    private Registration(
            AzureContext context, String name, ArmType type, String armId, Set<ResourceId> after, String statePointer) {
        super(context, id(name), type, armId, after, Timing.seconds(60, 60, 1, 5, 60), "registration of " + name);
        this.statePointer = statePointer;
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    static Registration provider(AzureContext context, String namespace, Set<ResourceId> after) {
        return new Registration(
                context,
                namespace,
                ArmType.PROVIDER,
                context.subscriptionId() + "/providers/" + namespace,
                after,
                "/registrationState");
    }

    /** A feature takes effect when its provider is registered again, which Microsoft says to ask for once it is on. */
    static Registration feature(AzureContext context, String namespace, String feature) {
        return new Registration(
                context,
                namespace + "/" + feature,
                ArmType.FEATURE,
                context.subscriptionId() + "/providers/Microsoft.Features/providers/" + namespace + "/features/"
                        + feature,
                Set.of(),
                "/properties/state");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object();
    }

    private String state(ArmObject observed) {
        return observed.text(statePointer).toLowerCase(Locale.ROOT);
    }

    /** Empty if the provider is not registered. */
    @Override
    public Optional<ArmObject> read(State state) {
        return context.arm()
                .get(armType, armId)
                .filter(o -> !state(o).equals("notregistered") && !state(o).equals("unregistered"));
    }

    @Override
    public Readiness readiness(ArmObject observed) {
        return state(observed).equals("registered")
                ? Readiness.ready()
                : Readiness.pending(observed.text(statePointer));
    }

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        return List.of();
    }

    @Override
    public ArmObject create(State state) {
        return ArmObject.of(context.arm().post(armType, armId, "register", null));
    }

    @Override
    public void delete(ArmObject observed, State state) {
        throw new IllegalStateException("no backend owns " + id());
    }
}
