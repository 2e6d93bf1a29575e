// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

/**
 * A field that is read of an object of the Kubernetes API.
 *
 * @param number its number in protobuf, from the {@code generated.proto} of its API group, where numbers are never reused
 * @param name its name in JSON
 * @param type type of its values
 * @param fields which of its own fields are read; {@link Fields#ALL} unless it is a message
 */
record Field(int number, String name, Type type, Cardinality cardinality, Fields fields) {
    /** The protobuf types in use, and two types of Kubernetes that are text in JSON. */
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
        /** A map with strings as keys. */
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
