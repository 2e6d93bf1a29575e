// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

/**
 * A field of an object of the Kubernetes API that is looked at.
 *
 * @param number what it is called in protobuf, by the {@code generated.proto} of its API group, where numbers are never used again
 * @param name what it is called in JSON
 * @param type what its values are
 * @param fields what is looked at below it; {@link Fields#ALL} unless it is a message
 */
record Field(int number, String name, Type type, Cardinality cardinality, Fields fields) {
    /** What of protobuf's types is needed, and two of Kubernetes that JSON writes as text. */
    enum Type {
        STRING,
        BOOL,
        INTEGER,
        QUANTITY,
        TIME,
        MESSAGE
    }

    enum Cardinality {
        ONE,
        REPEATED,
        /** By keys, which are strings. */
        MAP
    }

    static Field of(Type type, int number, String name) {
        return new Field(number, name, type, Cardinality.ONE, Fields.ALL);
    }

    static Field string(int number, String name) {
        return of(Type.STRING, number, name);
    }

    static Field message(int number, String name, Field... fields) {
        return new Field(number, name, Type.MESSAGE, Cardinality.ONE, Fields.of(fields));
    }

    static Field repeated(Field field) {
        return new Field(field.number, field.name, field.type, Cardinality.REPEATED, field.fields);
    }

    static Field map(Type values, int number, String name) {
        return new Field(number, name, values, Cardinality.MAP, Fields.ALL);
    }
}
