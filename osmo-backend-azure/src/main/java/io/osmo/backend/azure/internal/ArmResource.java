// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An object of Azure Resource Manager that a backend needs. Subclasses define its body and the fields that cannot be changed;
 * everything else is common.
 */
public abstract class ArmResource extends ExistingResource implements Resource<ArmObject> {
    /** Roles of a cluster's identity take up to so long: learn.microsoft.com/azure/aks/use-managed-identity. */
    private static final Duration ROLE_PROPAGATION = Duration.ofMinutes(60);

    /** How services say that the identity that acts for them lacks a right, some of them with the status of a bad request. */
    private static final Set<String> IDENTITY_LACKS = Set.of(
            "AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
            "CustomPrivateDNSZoneMissingPermissionError",
            "KeyVaultAccessForbidden",
            "UserErrorMissingRequiredPermissions");

    private static final String KEPT = "It is never replaced, since it holds data or other things refer to it. ";

    private static final String STATE = "provisioningState";

    protected ArmResource(
            AzureContext context,
            ResourceId id,
            ArmType armType,
            String armId,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        super(context, id, armType, armId, after, timing, description);
    }

    /** All desired fields, at creation and later. */
    protected abstract ObjectNode body(State state);

    /** What is put to create it: the body, and what only counts at the beginning. */
    protected ObjectNode creation(State state) {
        return body(state);
    }

    /** Paths such as {@code properties.nodeLabels} that must contain exactly the desired fields. */
    protected Set<String> exact() {
        return Set.of();
    }

    /** Paths that can only be changed by recreating the object. */
    protected Set<String> replacing() {
        return Set.of("location");
    }

    /** Paths that cannot be changed without losing the backend. */
    protected Set<String> impossible() {
        return Set.of();
    }

    /** The role assignments without which ARM refuses to create or change it. */
    protected Set<ResourceId> roles() {
        return Set.of();
    }

    private DesiredState wish(State state) {
        return new DesiredState(body(state), exact(), replacing(), impossible());
    }

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>(wish(state).compare(observed.json()));
        if (observed.failed()) {
            changes.add(FieldChange.inPlace(STATE, observed.provisioningState(), "Succeeded"));
        }
        return changes;
    }

    @Override
    public Optional<String> irreplaceable(ArmObject observed) {
        return armType.irreplaceable() ? Optional.of(KEPT + repair()) : Optional.empty();
    }

    /** What to do when it has failed or cannot be changed, as a sentence. */
    protected String repair() {
        return "Repair it, take the change back, or destroy the backend and apply again.";
    }

    /** An operation that failed because of a missing right is retried: a new role assignment takes a while to take effect. */
    @Override
    public Readiness readiness(ArmObject observed) {
        Readiness readiness = super.readiness(observed);
        return readiness.status() == Readiness.Status.FAILED
                        && IDENTITY_LACKS.stream().anyMatch(readiness.reason()::startsWith)
                ? Readiness.pending(readiness.reason())
                : readiness;
    }

    @Override
    public ArmObject create(State state) {
        return onceRolesHold(
                state, () -> context.arm().put(armType, armId, Models.body(armType, creation(state)), null));
    }

    @Override
    public void update(ArmObject observed, List<FieldChange> changes, State state) {
        if (changes.stream().allMatch(c -> c.field().startsWith("tags.")) && patchesTags()) {
            context.arm().patch(armType, armId, Json.object("tags", allTags(observed)));
            return;
        }
        onceRolesHold(
                state,
                () -> context.arm()
                        .put(
                                armType,
                                armId,
                                changed(observed, wish(state)),
                                etag(observed).orElse(null)));
    }

    /** Puts an object again that was read and then changed. */
    protected final void put(JsonNode changed, ArmObject observed) {
        context.arm()
                .put(
                        armType,
                        armId,
                        Models.body(armType, changed),
                        etag(observed).orElse(null));
    }

    /** The body of the PUT that changes it: all existing fields if the SDK knows which are read-only, else the desired ones. */
    private JsonNode changed(ArmObject observed, DesiredState wish) {
        if (Models.covers(armType)) {
            return Models.body(armType, wish.over(observed.json()));
        }
        ObjectNode body = wish.json().deepCopy();
        if (body.has("tags")) {
            body.set("tags", Json.object("tags", allTags(observed)).get("tags"));
        }
        return body;
    }

    /** Keeps tags that others have added. */
    private Map<String, String> allTags(ArmObject observed) {
        Map<String, String> tags = observed.tags();
        tags.putAll(context.ownership().tags(id()));
        return tags;
    }

    /** Whether a PATCH can change its tags alone, which spares a PUT that sets everything going. */
    protected boolean patchesTags() {
        return true;
    }

    /** With an ETag, AKS refuses to overwrite what others have changed since it was read. */
    protected Optional<String> etag(ArmObject observed) {
        return Optional.empty();
    }

    /** A refusal shortly after a role was assigned means that the role does not hold yet. */
    private ArmObject onceRolesHold(State state, Supplier<ArmObject> effect) {
        try {
            return effect.get();
        } catch (CloudException e) {
            boolean fresh = roles().stream()
                    .flatMap(role -> state.find(role, ArmObject.class).stream())
                    .filter(role -> lacks(role.text("/properties/principalId"), e))
                    .flatMap(role -> role.instant("/properties/createdOn").stream())
                    .anyMatch(created ->
                            Duration.between(created, context.scheduler().now()).compareTo(ROLE_PROPAGATION) < 0);
            if (fresh) {
                throw CloudException.builder(CloudError.NOT_YET_CONSISTENT, e.operation())
                        .code(e.code())
                        .message("a role that was just assigned does not hold yet: " + e.getMessage())
                        .remedy("Apply again in a few minutes. If it lasts: " + e.remedy())
                        .patience(ROLE_PROPAGATION)
                        .cause(e)
                        .build();
            }
            throw e;
        }
    }

    /** Whether a refusal is about this principal; one of the caller's own rights does not heal by waiting. */
    private static boolean lacks(String principal, CloudException e) {
        return IDENTITY_LACKS.contains(e.code())
                || e.error() == CloudError.NOT_AUTHORIZED
                        && !principal.isEmpty()
                        && String.valueOf(e.getMessage()).contains(principal);
    }
}
