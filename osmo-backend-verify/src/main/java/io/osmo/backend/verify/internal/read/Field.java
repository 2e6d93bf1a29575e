// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

/**
 * A field of an object of the Kubernetes API that is looked at.
 *
 * @param number what it is called in protobuf, by the {@code generated.proto} of its API group, where numbers are never used again
 * @param name what it is called in JSON
 * @param fields what is looked at below it; none unless it is a message
 */
record Field(int number, String name, Type type, boolean isRepeated, Fields fields) {
    /** What of protobuf's types is needed, and three of Kubernetes that JSON writes in a shorter form. */
    enum Type {
        STRING,
        BOOL,
        INTEGER,
        MESSAGE,
        STRING_MAP,
        QUANTITY_MAP,
        TIME
    }

    static Field string(int number, String name) {
        return of(number, name, Type.STRING);
    }

    static Field bool(int number, String name) {
        return of(number, name, Type.BOOL);
    }

    static Field integer(int number, String name) {
        return of(number, name, Type.INTEGER);
    }

    static Field message(int number, String name, Field... fields) {
        return new Field(number, name, Type.MESSAGE, false, Fields.of(fields));
    }

    static Field stringMap(int number, String name) {
        return of(number, name, Type.STRING_MAP);
    }

    static Field quantityMap(int number, String name) {
        return of(number, name, Type.QUANTITY_MAP);
    }

    static Field time(int number, String name) {
        return of(number, name, Type.TIME);
    }

    static Field repeated(Field field) {
        return new Field(field.number, field.name, field.type, true, field.fields);
    }

    private static Field of(int number, String name, Type type) {
        return new Field(number, name, type, false, Fields.ALL);
    }
}
