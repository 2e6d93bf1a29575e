// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/**
 * Writes a class that implements some methods of a vendor's client interface: each passes its request to {@link
 * EmulatedClient#call}. All other methods keep the interface's own bodies.
 *
 * <p>A {@link java.lang.reflect.Proxy} would do the same, but it loads every class that the interface mentions. For the clients
 * of one region these are 23,000, and take six seconds.
 */
public final class ClientClass {
    private static final int ALOAD_0 = 0x2A;
    private static final int ALOAD_1 = 0x2B;
    private static final int INVOKEVIRTUAL = 0xB6;
    private static final int INVOKESPECIAL = 0xB7;
    private static final int CHECKCAST = 0xC0;
    private static final int ARETURN = 0xB0;
    private static final int RETURN = 0xB1;

    private static final int PUBLIC = 0x01;
    private static final int FINAL = 0x10;
    private static final int SUPER = 0x20;
    /** Class files of Java 8: newer features are not used, and without branches no frames are needed. */
    private static final int VERSION = 52;

    private final ByteArrayOutputStream constantBytes = new ByteArrayOutputStream();
    private final DataOutputStream constants = new DataOutputStream(constantBytes);
    private final ByteArrayOutputStream memberBytes = new ByteArrayOutputStream();
    private final DataOutputStream members = new DataOutputStream(memberBytes);
    private int constantCount;

    private ClientClass() {}

    /** Defines a subclass of {@link EmulatedClient} with a constructor that takes the same. */
    static Class<?> define(Class<?> client, Map<String, MethodType> methods) {
        try {
            byte[] file = new ClientClass().write(client, methods);
            return MethodHandles.lookup().defineHiddenClass(file, true).lookupClass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] write(Class<?> client, Map<String, MethodType> methods) throws IOException {
        int thisClass = classConstant(EmulatedClient.class.getName() + "$" + client.getSimpleName());
        int superClass = classConstant(EmulatedClient.class.getName());
        int implemented = classConstant(client.getName());
        String takesTarget =
                MethodType.methodType(void.class, EmulatedClient.Target.class).toMethodDescriptorString();
        int constructor = methodConstant(superClass, "<init>", takesTarget);
        int call = methodConstant(
                superClass,
                "call",
                MethodType.methodType(Object.class, Object.class).toMethodDescriptorString());

        writeMethod("<init>", takesTarget, ALOAD_0, ALOAD_1, INVOKESPECIAL, constructor >> 8, constructor, RETURN);
        for (Map.Entry<String, MethodType> method : methods.entrySet()) {
            int response = classConstant(method.getValue().returnType().getName());
            writeMethod(
                    method.getKey(),
                    method.getValue().toMethodDescriptorString(),
                    ALOAD_0,
                    ALOAD_1,
                    INVOKEVIRTUAL,
                    call >> 8,
                    call,
                    CHECKCAST,
                    response >> 8,
                    response,
                    ARETURN);
        }

        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(0xCAFEBABE);
        out.writeInt(VERSION);
        out.writeShort(constantCount + 1);
        constantBytes.writeTo(out);
        out.writeShort(PUBLIC | FINAL | SUPER);
        out.writeShort(thisClass);
        out.writeShort(superClass);
        out.writeShort(1);
        out.writeShort(implemented);
        out.writeShort(0); // fields
        out.writeShort(methods.size() + 1);
        memberBytes.writeTo(out);
        out.writeShort(0); // attributes
        return file.toByteArray();
    }

    private void writeMethod(String name, String descriptor, int... code) throws IOException {
        members.writeShort(PUBLIC);
        members.writeShort(utf8Constant(name));
        members.writeShort(utf8Constant(descriptor));
        members.writeShort(1);
        members.writeShort(utf8Constant("Code"));
        members.writeInt(12 + code.length);
        members.writeShort(2); // stack
        members.writeShort(2); // this and the parameter
        members.writeInt(code.length);
        for (int value : code) {
            members.writeByte(value);
        }
        members.writeShort(0); // exception handlers
        members.writeShort(0); // attributes
    }

    private int utf8Constant(String text) throws IOException {
        constants.writeByte(1);
        constants.writeUTF(text);
        return ++constantCount;
    }

    private int classConstant(String name) throws IOException {
        int text = utf8Constant(name.replace('.', '/'));
        constants.writeByte(7);
        constants.writeShort(text);
        return ++constantCount;
    }

    private int methodConstant(int owner, String name, String descriptor) throws IOException {
        int nameText = utf8Constant(name);
        int descriptorText = utf8Constant(descriptor);
        constants.writeByte(12);
        constants.writeShort(nameText);
        constants.writeShort(descriptorText);
        int nameAndType = ++constantCount;
        constants.writeByte(10);
        constants.writeShort(owner);
        constants.writeShort(nameAndType);
        return ++constantCount;
    }
}
