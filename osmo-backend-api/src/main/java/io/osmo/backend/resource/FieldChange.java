// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

/**
 * One field that differs between the existing and the desired resource.
 *
 * @param field name of the field as the cloud names it; with {@link Effect#FIXED} its path in the spec
 * @param before the existing value as text; never a secret
 * @param after the desired value as text; never a secret
 * @param effect how the difference can be removed
 * @param disruption what removing it in place does to running work; a replacement has that of deleting the resource
 */
public record FieldChange(String field, String before, String after, Effect effect, Disruption disruption) {
    /** How a difference can be removed. */
    public enum Effect {
        IN_PLACE,
        REPLACE,
        /**
         * The spec sets it when the backend is created. The cloud cannot change it later, and the resource must not be replaced,
         * so the plan is refused.
         */
        FIXED,
        /** Like {@link #FIXED}, but set by no field of the spec: somebody changed it, or created the object with another value. */
        IMPOSSIBLE
    }

    /** A change in place without disruption. */
    public static FieldChange inPlace(String field, Object before, Object after) {
        return inPlace(field, before, after, Disruption.NONE);
    }

    /** A change in place that replaces nodes one after another. */
    public static FieldChange rolling(String field, Object before, Object after) {
        return inPlace(field, before, after, Disruption.ROLLING);
    }

    /** A change in place with this disruption. */
    public static FieldChange inPlace(String field, Object before, Object after, Disruption disruption) {
        return new FieldChange(field, String.valueOf(before), String.valueOf(after), Effect.IN_PLACE, disruption);
    }

    public static FieldChange replacing(String field, Object before, Object after) {
        return new FieldChange(field, String.valueOf(before), String.valueOf(after), Effect.REPLACE, Disruption.NONE);
    }

    /**
     * A field of the spec that can no longer be changed.
     *
     * @param path path in the spec, such as {@code network.cidr}
     * @param before the value that the backend has, in the spelling of the spec
     * @param after the value of the spec
     */
    public static FieldChange fixed(String path, Object before, Object after) {
        return new FieldChange(path, String.valueOf(before), String.valueOf(after), Effect.FIXED, Disruption.NONE);
    }

    /** A difference that no change of the spec has made and that the cloud cannot remove. */
    public static FieldChange impossible(String field, Object before, Object after) {
        return new FieldChange(
                field, String.valueOf(before), String.valueOf(after), Effect.IMPOSSIBLE, Disruption.NONE);
    }

    /** Whether a plan that needs this is refused. */
    public boolean refused() {
        return effect == Effect.FIXED || effect == Effect.IMPOSSIBLE;
    }

    @Override
    public String toString() {
        return field + ": " + before + " -> " + after;
    }
}
