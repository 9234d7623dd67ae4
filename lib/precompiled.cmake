# SPDX-FileCopyrightText: The Maestro authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What nearly every file includes, read once and not by each. A file still includes what it uses: the
# presets "release", "clang-tidy" and "fuzz" do without this (Clang's are bound to the times of files,
# which a cache does not keep). What of Qt a target links changes QTest's own headers, so these are not
# here.
set(core_headers <QByteArray> <QDateTime> <QFuture> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
    <QList> <QObject> <QString> <QStringList> <QTimer> <QUrl> <QVariant>
    <algorithm> <chrono> <functional> <memory> <optional> <utility> <variant> <vector>)
set(widget_headers <QAccessible> <QApplication> <QBoxLayout> <QLabel> <QLineEdit> <QPainter>
    <QPushButton> <QTextLayout> <QToolButton> <QWidget>)

# GCC takes such headers only for what is compiled with the same options, so the tests, which are not
# optimized, have their own; target_precompile_headers(… REUSE_FROM …) takes it.
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/nothing.cpp CONTENT "// nothing but the headers\n")
function(maestro_precompiled name qt option)
    add_library(maestro_precompiled_${name} STATIC ${CMAKE_CURRENT_BINARY_DIR}/nothing.cpp)
    set_target_properties(maestro_precompiled_${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(maestro_precompiled_${name} PRIVATE maestro_flags ${qt})
    target_compile_options(maestro_precompiled_${name} PRIVATE ${option})
    target_precompile_headers(maestro_precompiled_${name} PRIVATE ${ARGN})
endfunction()

maestro_precompiled(core Qt6::Core "" ${core_headers})
maestro_precompiled(widgets Qt6::Widgets "" ${core_headers} ${widget_headers})
if(MAESTRO_BUILD_TESTS)
    maestro_precompiled(core_tests Qt6::Core -O0 ${core_headers})
    maestro_precompiled(widget_tests Qt6::Widgets -O0 ${core_headers} ${widget_headers})
endif()
