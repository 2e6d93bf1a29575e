// java -jar osmo-backend-shell.jar shell > osmo.jsh
// jshell --class-path osmo-backend-shell.jar --startup osmo.jsh
import java.io.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import io.osmo.backend.*;
import io.osmo.backend.aws.*;
import io.osmo.backend.azure.*;
import io.osmo.backend.cluster.*;
import io.osmo.backend.cost.*;
import io.osmo.backend.diagnosis.*;
import io.osmo.backend.error.*;
import io.osmo.backend.event.*;
import io.osmo.backend.gcp.*;
import io.osmo.backend.kubernetes.*;
import io.osmo.backend.kubernetes.existing.*;
import io.osmo.backend.permission.*;
import io.osmo.backend.plan.*;
import io.osmo.backend.resource.*;
import io.osmo.backend.service.*;
import io.osmo.backend.spec.*;
import io.osmo.backend.testkit.*;
import io.osmo.backend.testkit.fault.*;
import io.osmo.backend.testkit.osmo.*;
import io.osmo.backend.values.*;
import io.osmo.backend.verify.*;
import io.osmo.backend.verify.check.*;
import io.osmo.backend.verify.probe.*;
import io.osmo.backend.verify.report.*;
import io.osmo.backend.verify.snapshot.*;
import io.osmo.backend.verify.watch.*;
// java.nio.file has one too.
import io.osmo.backend.error.ProviderNotFoundException;

// Emulated clouds in virtual time. For real clouds: osmo = OsmoBackends.open()
var clouds = EmulatedClouds.create();
var osmo = clouds.open();

// Writes the page of a plan or report to a temporary file, and opens it if there is a browser.
Path page(Object result) throws IOException {
    String html = result instanceof Plan plan ? plan.toHtml() : ((Report) result).toHtml();
    Path file = Files.writeString(Files.createTempFile("osmo-backend-", ".html"), html);
    if (java.awt.Desktop.isDesktopSupported()) {
        java.awt.Desktop.getDesktop().browse(file.toUri());
    }
    return file;
}
