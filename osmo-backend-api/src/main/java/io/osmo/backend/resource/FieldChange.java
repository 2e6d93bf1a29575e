// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

/**
 * One field in which what stands differs from what is wanted.
 *
 * @param field name of the field as the cloud names it
 * @param before what stands, as text; never a secret
 * @param after what is wanted, as text; never a secret
 * @param effect how the difference can be removed
 */
public record FieldChange(String field, String before, String after, Effect effect) {
    /** How a difference can be removed. */
    public enum Effect {
        IN_PLACE,
        REPLACE,
        /** The cloud cannot change it and replacing would cost the backend; the plan is refused. */
        IMPOSSIBLE
    }

    public static FieldChange inPlace(String field, Object before, Object after) {
        return new FieldChange(field, String.valueOf(before), String.valueOf(after), Effect.IN_PLACE);
    }

    public static FieldChange replacing(String field, Object before, Object after) {
        return new FieldChange(field, String.valueOf(before), String.valueOf(after), Effect.REPLACE);
    }

    public static FieldChange impossible(String field, Object before, Object after) {
        return new FieldChange(field, String.valueOf(before), String.valueOf(after), Effect.IMPOSSIBLE);
    }

    @Override
    public String toString() {
        return field + ": " + before + " -> " + after;
    }
}
