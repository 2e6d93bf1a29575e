// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No class, method and line is longer than CONTRIBUTING says. */
class SizesTest {
    private static final int CLASS_LINES = 450;
    private static final int LINE_CHARACTERS = 140;
    private static final int METHOD_LINES = 60;

    @Test
    void no_class_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.files(".java")) {
            int lines = Sources.lines(file).size();
            if (lines > CLASS_LINES) {
                tooLong.add(relative(file) + " has " + lines + " lines");
            }
        }
        assertThat(tooLong)
                .as("classes of more than %s lines: split them by topic", CLASS_LINES)
                .isEmpty();
    }

    @Test
    void no_method_of_main_code_is_too_long() throws IOException {
        List<String> tooLong = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(Sources.main()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        BlockTree body = method.getBody();
                        if (body != null) {
                            long first = line(positions.getStartPosition(unit, body));
                            long lines = line(positions.getEndPosition(unit, body)) - first + 1;
                            if (lines > METHOD_LINES) {
                                tooLong.add("%s:%s %s has %s lines"
                                        .formatted(
                                                relative(Path.of(
                                                        unit.getSourceFile().toUri())),
                                                first,
                                                method.getName(),
                                                lines));
                            }
                        }
                        return super.visitMethod(method, nothing);
                    }

                    private long line(long position) {
                        return unit.getLineMap().getLineNumber(position);
                    }
                }.scan(unit, null);
            }
        }
        assertThat(tooLong).as("methods of more than %s lines", METHOD_LINES).isEmpty();
    }

    @Test
    void no_line_of_code_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.files(".java")) {
            addLongLines(file, Sources.lines(file), tooLong);
        }
        assertThat(tooLong)
                .as("lines of more than %s characters", LINE_CHARACTERS)
                .isEmpty();
    }

    /** Rows of tables and code cannot be wrapped. */
    @Test
    void no_line_of_prose_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Sources.files(".md")) {
            boolean code = false;
            List<String> prose = new ArrayList<>();
            for (String line : Sources.lines(file)) {
                code ^= line.strip().startsWith("```");
                prose.add(code || line.strip().startsWith("|") ? "" : line);
            }
            addLongLines(file, prose, tooLong);
        }
        assertThat(tooLong)
                .as("lines of more than %s characters", LINE_CHARACTERS)
                .isEmpty();
    }

    private static void addLongLines(Path file, List<String> lines, List<String> tooLong) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.codePointCount(0, line.length()) > LINE_CHARACTERS) {
                tooLong.add(relative(file) + ":" + (i + 1));
            }
        }
    }

    private static String relative(Path file) {
        return Modules.FOLDER.relativize(file).toString();
    }
}
